import { AppError, PROTOCOL_VERSION, type ShardRequest, shardRequestSchema } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { z } from "zod";
import type { ModelShelf } from "../classifiers/model/model-shelf.ts";
import type { ExtractorPool } from "../extractors/pool/extractor-pool.ts";
import { runShard, type RunningShard, type ShardMetrics } from "./run-shard.ts";

const protocolSchema = z.looseObject({ protocol: z.int() });

/** Takes shards in: refuses those this worker cannot or may not read, and knows the ones that are running. */
export class ShardDesk {
  readonly #pool: ExtractorPool;
  readonly #engineVersion: string;
  readonly #models: ModelShelf;
  readonly #logger: Logger;
  readonly #metrics: ShardMetrics;
  readonly #running = new Set<RunningShard>();
  #closed = false;

  constructor(options: {
    pool: ExtractorPool;
    engineVersion: string;
    models: ModelShelf;
    logger: Logger;
    metrics: ShardMetrics;
  }) {
    this.#pool = options.pool;
    this.#engineVersion = options.engineVersion;
    this.#models = options.models;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
  }

  get running(): number {
    return this.#running.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * The stream of a shard's lines. Throws PROTOCOL_MISMATCH, BAD_REQUEST (as ZodError), ENGINE_MISMATCH, SHUTTING_DOWN,
   * BUSY when no slot is free, or UNREACHABLE when the model that judges cannot be had.
   */
  async take(body: unknown): Promise<ReadableStream<Uint8Array>> {
    const shard = this.#admit(body);
    const model = shard.classify?.model;
    const modelFile = model === undefined ? undefined : await this.#models.file(model);
    if (this.#closed) throw new AppError("SHUTTING_DOWN", "This worker is stopping and takes no more shards.");
    const { batchId, shardId, attemptId } = shard;
    const ids = { batchId, ...(shardId === undefined ? {} : { shardId }), attemptId };
    const lease = this.#pool.acquire(ids);
    if (lease === null) {
      const { slots, lost } = this.#pool.stats;
      throw new AppError("BUSY", "No slot is free.", { context: { slots, lost } });
    }
    const logger = this.#logger.child(ids);
    logger.debug({ items: shard.items.length }, "a shard came in");
    const running = runShard(shard, lease, { logger, metrics: this.#metrics, modelFile });
    this.#running.add(running);
    void running.ended.then(() => this.#running.delete(running));
    return running.readable;
  }

  /** Takes no more shards; settles when those running have ended, however long that takes. */
  async drain(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map((shard) => shard.ended));
  }

  /** Takes no more shards. Those running may end within `graceMs`; then they are handed back. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const allEnded = () => Promise.all([...this.#running].map((shard) => shard.ended));
    const ended = new AbortController();
    await Promise.race([allEnded(), waitOrAbort(graceMs, ended.signal)]);
    ended.abort();
    for (const shard of this.#running) shard.handBack();
    await allEnded();
  }

  #admit(body: unknown): ShardRequest {
    // Before the rest of the schema, which another version need not share.
    const { protocol } = protocolSchema.parse(body);
    if (protocol !== PROTOCOL_VERSION) {
      const message = `The coordinator speaks protocol ${protocol}, this worker ${PROTOCOL_VERSION}.`;
      throw new AppError("PROTOCOL_MISMATCH", message, { context: { protocol: PROTOCOL_VERSION } });
    }
    const shard = shardRequestSchema.parse(body);
    if (shard.engineVersion !== this.#engineVersion) {
      const message = `The batch asks for engine ${shard.engineVersion}, this worker runs ${this.#engineVersion}.`;
      throw new AppError("ENGINE_MISMATCH", message, { context: { engineVersion: this.#engineVersion } });
    }
    return shard;
  }
}
