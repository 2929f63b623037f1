import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { Turns } from "../db/turns.ts";

/** How old the count of pending items may be: what comes in meanwhile is bounded by what intake can do in it. */
const COUNT_EVERY_MS = 1_000;

/**
 * Keeps intake from taking what the coordinator and the fleet cannot. Chunks are taken in a few at a time, a few more wait
 * with their bodies unread, and the rest is told to come back: that bounds memory, and leaves connections to commits.
 * One caller never has all turns, where there are several: a client that is slow with its bodies holds up its own.
 * When very much is pending already, nothing comes in until the fleet has caught up: that bounds the database.
 */
export class BackPressure {
  readonly #database: Database;
  readonly #maxPendingItems: number;
  readonly #atATime: number;
  readonly #turns: Turns;
  readonly #turnsOf = new Map<string, Turns>();
  #pending = { items: 0, at: -Infinity };

  constructor(options: { database: Database; poolSize: number; maxPendingItems: number }) {
    this.#database = options.database;
    this.#maxPendingItems = options.maxPendingItems;
    // Half of the connections: the other half is for commits.
    this.#atATime = Math.max(1, options.poolSize >> 1);
    this.#turns = new Turns(this.#atATime);
  }

  /** Runs an intake of a caller, or of a batch that is listed here, when its turn has come. BUSY when too many wait, or too much is pending. */
  async admit<Result>(callerId: string, take: () => Promise<Result>): Promise<Result> {
    const own = this.#turnsOf.get(callerId) ?? new Turns(Math.max(1, this.#atATime - 1));
    if (Math.max(own.waiting, this.#turns.waiting) >= 2 * this.#atATime) {
      throw new AppError("BUSY", "The coordinator takes in as much as it can at this moment.");
    }
    this.#turnsOf.set(callerId, own);
    try {
      return await own.take(() =>
        this.#turns.take(async () => {
          await this.#checkPending();
          return await take();
        }),
      );
    } finally {
      if (own.idle) this.#turnsOf.delete(callerId);
    }
  }

  async #checkPending(): Promise<void> {
    if (Date.now() - this.#pending.at > COUNT_EVERY_MS) {
      this.#pending = { items: await countPending(this.#database), at: Date.now() };
    }
    const { items } = this.#pending;
    if (items < this.#maxPendingItems) return;
    throw new AppError("BUSY", `${items} items are pending; no more than ${this.#maxPendingItems} are taken in.`, {
      context: { pending: items, limit: this.#maxPendingItems },
    });
  }
}

async function countPending({ sql }: Database): Promise<number> {
  try {
    const rows = await sql<{ pending: number }[]>`
      select coalesce(sum(c.items), 0)::bigint as pending
        from batches b join batch_counters c on c.batch_id = b.id and c.stage = 'extract' and c.state = 'pending'
       where b.state in ('open', 'sealed')`;
    return rows[0]?.pending ?? 0;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
