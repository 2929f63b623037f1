import { AppError, type TokenLimits } from "@sluice/contracts";
import { hashToken } from "@sluice/serverkit";
import type { Role } from "../config.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Whoever holds a token. */
export interface Caller {
  /** The token's id, or for one that is in no table its role. */
  readonly id: string;
  readonly role: Role;
  /** The token's id where it is in the table: what it opens is its own. Null: what it opens is everybody's. */
  readonly tokenId: string | null;
  /** Null where nothing limits it: such tokens are of whoever configures the server. */
  readonly limits: TokenLimits | null;
}

export interface TokenStore {
  /** Who holds a token, or null when nobody gave it out (any more). RATE_LIMITED while somebody guesses. */
  callerOf(token: string): Promise<Caller | null>;
  /** The next call of this token is looked up anew. */
  forget(tokenId: string): void;
  /** The configuration gives out an admin token. */
  readonly givesAdmin: boolean;
}

/** How long a revoked token may still work on a coordinator that has just seen it. */
const REMEMBER_MS = 5_000;
// Nobody guesses 256 bits; but each guess is a look into the database, which has better to do.
const UNKNOWN_PER_SECOND = 100;

interface Seen {
  readonly caller: Caller;
  readonly until: number;
}

/** Bootstrap tokens live in memory only; the others are in the database, as hashes. */
export function openTokenStore(database: Database, bootstrap: readonly { role: Role; token: string }[]): TokenStore {
  const inMemory = new Map<string, Caller>(
    bootstrap.map(({ role, token }) => [hashToken(token), { id: role, role, tokenId: null, limits: null }]),
  );
  const seen = new Map<string, Seen>();
  // Requests that come together with a token that nobody has seen yet ask once.
  const asked = new Map<string, Promise<{ caller: Caller; livesMs: number } | null>>();
  let unknown = { since: 0, count: 0 };
  return {
    givesAdmin: bootstrap.some(({ role }) => role === "admin"),
    callerOf: async (token) => {
      const hash = hashToken(token);
      const given = inMemory.get(hash);
      if (given !== undefined) return given;
      const now = Date.now();
      const remembered = seen.get(hash);
      if (remembered !== undefined && remembered.until > now) return remembered.caller;
      if (now - unknown.since > 1_000) unknown = { since: now, count: 0 };
      // Those that were known a while ago are looked up all the same: who guesses must not lock others out.
      const looked = asked.get(hash);
      if (looked === undefined && remembered === undefined && unknown.count >= UNKNOWN_PER_SECOND) {
        throw new AppError("RATE_LIMITED", "Too many requests come with tokens that nobody gave out.");
      }
      const counted = unknown;
      if (looked === undefined) counted.count += 1;
      const looking = looked ?? findToken(database, hash).finally(() => asked.delete(hash));
      asked.set(hash, looking);
      const found = await looking;
      if (found === null) {
        seen.delete(hash);
        return null;
      }
      if (looked === undefined) counted.count -= 1;
      seen.set(hash, { caller: found.caller, until: now + Math.min(REMEMBER_MS, found.livesMs) });
      return found.caller;
    },
    forget: (tokenId) => {
      for (const [hash, { caller }] of seen) if (caller.tokenId === tokenId) seen.delete(hash);
    },
  };
}

interface TokenFacts {
  id: string;
  role: Role;
  requests_per_second: number | null;
  pending_items: number | null;
  open_batches: number | null;
  upload_bytes_per_day: number | null;
  lives_ms: number | null;
  used_lately: boolean;
}

async function findToken(
  { quick: sql }: Database,
  hashHex: string,
): Promise<{ caller: Caller; livesMs: number } | null> {
  const hash = Buffer.from(hashHex, "hex");
  try {
    const [row] = await sql<TokenFacts[]>`
      select id, role, requests_per_second, pending_items, open_batches, upload_bytes_per_day,
             (extract(epoch from least(expires_at, case when token_hash <> ${hash} then previous_until end) - now())
               * 1000)::double precision as lives_ms,
             coalesce(last_used_at > now() - interval '1 minute', false) as used_lately
        from tokens
       where (token_hash = ${hash} or (previous_hash = ${hash} and previous_until > now()))
         and revoked_at is null and (expires_at is null or expires_at > now())`;
    if (row === undefined) return null;
    if (!row.used_lately) void noteUse(sql, row.id);
    const limits = {
      requestsPerSecond: row.requests_per_second,
      pendingItems: row.pending_items,
      openBatches: row.open_batches,
      uploadBytesPerDay: row.upload_bytes_per_day,
    };
    return { caller: { id: row.id, role: row.role, tokenId: row.id, limits }, livesMs: row.lives_ms ?? Infinity };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** Nobody waits for it, and nobody minds when it fails. */
async function noteUse(sql: Database["sql"], tokenId: string): Promise<void> {
  await sql`
    update tokens set last_used_at = now()
     where id = ${tokenId} and coalesce(last_used_at <= now() - interval '1 minute', true)`.catch(() => undefined);
}
