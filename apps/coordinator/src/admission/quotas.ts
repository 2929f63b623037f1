import { AppError } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import { findOwner } from "../auth/find-owner.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readUnfinished } from "../uploads/resumable/read-unfinished.ts";
import { type DefaultLimits, limitOf } from "./limits.ts";

// What comes in meanwhile is bounded by what intake can do in it.
const COUNT_EVERY_MS = 1_000;

/**
 * What one token may have in the system at a time. Calls that run beside each other may each find room for one more: a quota
 * keeps a client from filling the house, it is no accounting.
 */
export class Quotas {
  readonly #database: Database;
  readonly #defaults: DefaultLimits;
  readonly #pending = new Map<string, { items: number; at: number }>();

  constructor(database: Database, defaults: DefaultLimits) {
    this.#database = database;
    this.#defaults = defaults;
  }

  /** QUOTA_BATCHES when a token has as many unfinished batches as it may. */
  async admitBatch(caller: Caller): Promise<void> {
    const most = limitOf(caller, this.#defaults, "openBatches");
    if (most === null || caller.tokenId === null) return;
    const open = await count(
      this.#database.sql`
        select count(*)::int as count from batches
         where created_by = ${caller.tokenId} and state in ('open', 'sealed')`,
    );
    if (open < most) return;
    throw new AppError("QUOTA_BATCHES", `This token has ${open} unfinished batches, which is as many as it may.`, {
      context: { openBatches: open, limit: most },
    });
  }

  /** QUOTA_ITEMS when as many items of a token are pending as may be. */
  async admitItems(caller: Caller): Promise<void> {
    const most = limitOf(caller, this.#defaults, "pendingItems");
    if (most === null || caller.tokenId === null) return;
    const pending = await this.#pendingOf(caller.tokenId);
    if (pending < most) return;
    throw new AppError(
      "QUOTA_ITEMS",
      `${pending} items of this token are pending; no more than ${most} are taken in.`,
      {
        context: { pending, limit: most },
      },
    );
  }

  /** The same for what is listed for a token's batch, whose owner does not call; null: nobody owns it. */
  async admitListed(tokenId: string | null): Promise<void> {
    if (tokenId === null) return;
    const owner = await findOwner(this.#database, tokenId);
    if (owner !== null) await this.admitItems(owner);
  }

  /** Items of this token have come in: they are counted anew. */
  itemsCame(tokenId: string | null): void {
    if (tokenId !== null) this.#pending.delete(tokenId);
  }

  /**
   * Counts bytes that a token uploads, before they are read where their number is known. QUOTA_UPLOADS, with nothing counted,
   * when they are more than is left of the day (UTC).
   */
  async takeUpload(caller: Caller, bytes: number): Promise<void> {
    const most = limitOf(caller, this.#defaults, "uploadBytesPerDay");
    if (most === null || caller.tokenId === null || bytes === 0) return;
    if (bytes <= most) {
      const taken = await count(
        this.#database.sql`
          insert into token_uploads as u (token_id, day, bytes)
          values (${caller.tokenId}, (now() at time zone 'utc')::date, ${bytes})
          on conflict (token_id, day) do update set bytes = u.bytes + excluded.bytes
           where u.bytes + excluded.bytes <= ${most}
          returning 1 as count`,
      );
      if (taken === 1) return;
    }
    throw new AppError("QUOTA_UPLOADS", `This token may upload ${most} bytes a day, and these ${bytes} are past it.`, {
      context: { bytes, limit: most, retryAfterSeconds: secondsToMidnight() },
    });
  }

  /**
   * QUOTA_UNFINISHED_UPLOADS when a token has begun as many uploads in pieces as it may, or one of `sizeBytes` more would be past
   * the bytes announced for them. What is announced counts, not what has come: that can come at any time.
   */
  async admitUnfinished(caller: Caller, sizeBytes: number): Promise<void> {
    const { unfinishedUploads: most, unfinishedUploadBytes: mostBytes } = this.#defaults;
    if (caller.limits === null || caller.role !== "submit" || (most === 0 && mostBytes === 0)) return;
    const { uploads, bytes } = await readUnfinished(this.#database, caller.id);
    if ((most === 0 || uploads < most) && (mostBytes === 0 || bytes + sizeBytes <= mostBytes)) return;
    throw new AppError(
      "QUOTA_UNFINISHED_UPLOADS",
      `This token has ${uploads} unfinished uploads of ${bytes} bytes; one of ${sizeBytes} more is past what it may have.`,
      { context: { uploads, bytes, limit: most, limitBytes: mostBytes } },
    );
  }

  async #pendingOf(tokenId: string): Promise<number> {
    const known = this.#pending.get(tokenId);
    if (known !== undefined && Date.now() - known.at < COUNT_EVERY_MS) return known.items;
    const items = await count(
      this.#database.sql`
        select coalesce(sum(c.items), 0)::bigint as count
          from batches b join batch_counters c on c.batch_id = b.id and c.stage = 'extract' and c.state = 'pending'
         where b.created_by = ${tokenId} and b.state in ('open', 'sealed')`,
    );
    this.#pending.set(tokenId, { items, at: Date.now() });
    return items;
  }
}

async function count(query: PromiseLike<readonly { count?: number }[]>): Promise<number> {
  try {
    const rows = await query;
    return rows[0]?.count ?? 0;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function secondsToMidnight(now = new Date()): number {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return Math.ceil((midnight - now.getTime()) / 1_000);
}
