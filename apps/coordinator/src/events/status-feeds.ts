import type { BatchStatus } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import type { BatchChanges } from "./batch-changes.ts";
import { News } from "./news.ts";

// Many shards may end in one moment; nobody reads faster than this.
const COALESCE_MS = 100;
// What other coordinators change is found at the next look.
const LOOK_EVERY_MS = 500;

interface FeedParts {
  readonly database: Database;
  readonly changes: BatchChanges;
}

/** A batch as it stood at the last look at it; `text` is made once, for all who watch. */
export interface SeenStatus {
  /** Rises with every change. */
  readonly version: number;
  readonly status: BatchStatus;
  readonly text: string;
}

/** One look at a batch, for everybody who watches it. */
class StatusFeed {
  readonly #parts: FeedParts;
  readonly #batchId: string;
  readonly #closed = new AbortController();
  #seen: SeenStatus | null = null;
  #fault: { error: unknown } | null = null;
  /** There is more to see than before. */
  readonly news = new News();
  watchers = 0;

  constructor(parts: FeedParts, batchId: string) {
    this.#parts = parts;
    this.#batchId = batchId;
    void this.#run();
  }

  /** Null before the first look. Throws what the last look threw: NOT_FOUND, or the database's fault. */
  get seen(): SeenStatus | null {
    if (this.#fault !== null) throw this.#fault.error;
    return this.#seen;
  }

  get failed(): boolean {
    return this.#fault !== null;
  }

  close(): void {
    this.#closed.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      // Asked for before the look, so that no change falls between.
      const next = this.#parts.changes.next(this.#batchId, LOOK_EVERY_MS, signal);
      const lookedAt = Date.now();
      try {
        const { status } = await readBatch(this.#parts.database, this.#batchId);
        const text = JSON.stringify(status);
        if (text !== this.#seen?.text) this.#advance({ version: (this.#seen?.version ?? 0) + 1, status, text });
      } catch (error) {
        // Those who watch come again, and hear what is wrong then.
        this.#fault = { error };
        this.#advance(this.#seen);
        return;
      }
      await next;
      await Bun.sleep(Math.max(0, lookedAt + COALESCE_MS - Date.now()));
    }
  }

  #advance(seen: SeenStatus | null): void {
    this.#seen = seen;
    this.news.announce();
  }
}

export type WatchedStatus = Pick<StatusFeed, "seen" | "news"> & Disposable;

/** Feeds of the batches that somebody watches. */
export class StatusFeeds {
  readonly #parts: FeedParts;
  readonly #feeds = new Map<string, StatusFeed>();

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  watch(batchId: string): WatchedStatus {
    let feed = this.#feeds.get(batchId);
    if (feed === undefined || feed.failed) {
      feed = new StatusFeed(this.#parts, batchId);
      this.#feeds.set(batchId, feed);
    }
    feed.watchers += 1;
    const shared = feed;
    return {
      get seen() {
        return shared.seen;
      },
      news: shared.news,
      [Symbol.dispose]: () => this.#left(batchId, shared),
    };
  }

  #left(batchId: string, feed: StatusFeed): void {
    feed.watchers -= 1;
    if (feed.watchers > 0) return;
    feed.close();
    if (this.#feeds.get(batchId) === feed) this.#feeds.delete(batchId);
  }
}
