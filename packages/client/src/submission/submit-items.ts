import { createHash } from "node:crypto";
import {
  AppError,
  type AppendItemsResponse,
  FIRST_CHUNK_ITEMS,
  type ItemSubmission,
  MAX_ITEMS_PER_CHUNK,
} from "@sluice/contracts";

/** A source as it is handed in; its ordinal follows from its place. */
export type SourceSubmission = Omit<ItemSubmission, "ordinal">;

/**
 * How far a submission has come: the first `items` sources are stored, and `digest` is the SHA-256 of their names and
 * versions. Kept in a file, it lets another process go on after the death of this one.
 */
export interface SubmissionCheckpoint {
  readonly batchId: string;
  readonly items: number;
  readonly digest: string;
}

export interface SubmitItemsOptions {
  readonly signal?: AbortSignal | undefined;
  /** What an earlier try has handed in: as many sources are passed over, and must be the same ones. */
  readonly after?: SubmissionCheckpoint | undefined;
  /** Each time the server has stored what was handed in. */
  readonly onCheckpoint?: ((checkpoint: SubmissionCheckpoint) => void | Promise<void>) | undefined;
  /** The count of sources seen so far. */
  readonly onListed?: ((count: number) => void) | undefined;
}

interface ItemTaker {
  appendItems(
    batchId: string,
    items: readonly ItemSubmission[],
    options?: { signal?: AbortSignal },
  ): Promise<AppendItemsResponse>;
}

/** A slow listing, such as of a network share, hands in what it has after this time: work starts meanwhile. */
const CHUNK_EVERY_MS = 250;

/**
 * Hands sources in as items, in their order, in chunks. While a chunk is on its way the next one is made ready, and no
 * more than that: the server takes chunks of a batch one after the other, so that more in flight would gain
 * nothing, and it says by answering late how fast it can take them.
 *
 * Returns how many sources the server has when all are handed in, or when the signal aborts. Throws ApiError, and
 * CONFLICT when the sources are not those of `after`.
 */
export async function submitItems(
  client: ItemTaker,
  batchId: string,
  sources: Iterable<SourceSubmission> | AsyncIterable<SourceSubmission>,
  options: SubmitItemsOptions = {},
): Promise<number> {
  const { signal, after, onListed } = options;
  const sender = new ChunkSender(client, batchId, options);
  const hash = createHash("sha256");
  let count = 0;
  for await (const source of sources) {
    if (signal?.aborted === true) break;
    hash.update(`${source.uri}\n${source.sourceVersion}\n`);
    count += 1;
    onListed?.(count);
    if (after !== undefined && count <= after.items) {
      if (count === after.items) checkDigest(after, hash.copy().digest("hex"));
      continue;
    }
    sender.add({ ordinal: count - 1, ...source });
    if (sender.due()) await sender.send(() => hash.copy().digest("hex"));
  }
  if (after !== undefined && count < after.items && signal?.aborted !== true) throw changed(after);
  if (signal?.aborted !== true) await sender.send(() => hash.copy().digest("hex"));
  return Math.max(await sender.settled(), after?.items ?? 0);
}

/** At most one chunk on its way and one that fills. */
class ChunkSender {
  readonly #client: ItemTaker;
  readonly #batchId: string;
  readonly #options: SubmitItemsOptions;
  #chunk: ItemSubmission[] = [];
  #sinceMs = 0;
  #onItsWay: Promise<void> | null = null;
  #idle = true;
  #stored = 0;

  constructor(client: ItemTaker, batchId: string, options: SubmitItemsOptions) {
    this.#client = client;
    this.#batchId = batchId;
    this.#options = options;
  }

  add(item: ItemSubmission): void {
    if (this.#chunk.length === 0) this.#sinceMs = performance.now();
    this.#chunk.push(item);
  }

  /** Full; or old enough, with nothing on its way. The first chunk of a batch is small. */
  due(): boolean {
    const enough = this.#chunk[0]?.ordinal === 0 ? FIRST_CHUNK_ITEMS : MAX_ITEMS_PER_CHUNK;
    if (this.#chunk.length >= enough) return true;
    return this.#idle && performance.now() - this.#sinceMs >= CHUNK_EVERY_MS;
  }

  /** Sends the chunk when the one before has arrived; throws what happened to that one. */
  async send(digest: () => string): Promise<void> {
    await this.#arrival();
    const chunk = this.#chunk;
    const last = chunk.at(-1);
    if (last === undefined || this.#options.signal?.aborted === true) return;
    this.#chunk = [];
    this.#idle = false;
    const checkpoint = { batchId: this.#batchId, items: last.ordinal + 1, digest: digest() };
    this.#onItsWay = this.#deliver(chunk, checkpoint);
    // Whoever sends next, or asks for the end, gets the error; it must not be called unhandled until then.
    this.#onItsWay.catch(() => {});
  }

  /** How many items the server has, when nothing is on its way any more. */
  async settled(): Promise<number> {
    await this.#arrival();
    return this.#stored;
  }

  /** The end of what is on its way. After an abort nobody knows whether that was stored, and it is not counted. */
  async #arrival(): Promise<void> {
    try {
      await this.#onItsWay;
    } catch (error) {
      if (this.#options.signal?.aborted !== true) throw error;
    }
  }

  async #deliver(chunk: readonly ItemSubmission[], checkpoint: SubmissionCheckpoint): Promise<void> {
    const { signal, onCheckpoint } = this.#options;
    await this.#client.appendItems(this.#batchId, chunk, signal === undefined ? {} : { signal });
    this.#stored = checkpoint.items;
    this.#idle = true;
    await onCheckpoint?.(checkpoint);
  }
}

function checkDigest(after: SubmissionCheckpoint, digest: string): void {
  if (digest !== after.digest) throw changed(after);
}

function changed(after: SubmissionCheckpoint): AppError {
  return new AppError(
    "CONFLICT",
    `the first ${after.items} sources are not those that batch ${after.batchId} was given: it cannot be gone on with`,
    { context: { batchId: after.batchId, items: after.items } },
  );
}
