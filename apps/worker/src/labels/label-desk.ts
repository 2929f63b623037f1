import {
  AppError,
  type Labeller as AnnouncedLabeller,
  type LabelShardRequest,
  labelShardRequestSchema,
  PROTOCOL_VERSION,
} from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { z } from "zod";
import type { RunningShard } from "../shards/run-shard.ts";
import type { Labeller } from "./labeller.ts";
import { type LabelMetrics, runLabelShard } from "./run-label-shard.ts";

const protocolSchema = z.looseObject({ protocol: z.int() });

interface Running {
  readonly labeller: Labeller;
  readonly shard: RunningShard;
}

/** Takes label shards in: refuses those this worker cannot or may not judge, and knows the ones that are running. */
export class LabelDesk {
  readonly #labellers: () => readonly Labeller[];
  readonly #logger: Logger;
  readonly #metrics: LabelMetrics;
  readonly #running = new Set<Running>();
  #closed = false;

  constructor(options: { labellers: () => readonly Labeller[]; logger: Logger; metrics: LabelMetrics }) {
    this.#labellers = options.labellers;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
  }

  get running(): number {
    return this.#running.size;
  }

  /** What coordinators are told of it. */
  get announced(): AnnouncedLabeller[] {
    return this.#labellers().map((labeller) => {
      const { classifier, slots, documents, available, pace } = labeller;
      return { classifier, slots, busySlots: Math.min(slots, this.#busy(labeller)), documents, available, pace };
    });
  }

  /**
   * The stream of a shard's lines. Throws PROTOCOL_MISMATCH, BAD_REQUEST (as ZodError), ENGINE_MISMATCH for a classifier that this
   * worker has not, SHUTTING_DOWN, or BUSY when no slot of it is free.
   */
  take(body: unknown): ReadableStream<Uint8Array> {
    const { protocol } = protocolSchema.parse(body);
    if (protocol !== PROTOCOL_VERSION) {
      const message = `The coordinator speaks protocol ${protocol}, this worker ${PROTOCOL_VERSION}.`;
      throw new AppError("PROTOCOL_MISMATCH", message, { context: { protocol: PROTOCOL_VERSION } });
    }
    const shard = labelShardRequestSchema.parse(body);
    const labeller = this.#find(shard);
    if (this.#closed) throw new AppError("SHUTTING_DOWN", "This worker is stopping and takes no more shards.");
    if (this.#busy(labeller) >= labeller.slots) {
      throw new AppError("BUSY", "No label slot is free.", { context: { slots: labeller.slots } });
    }
    const { batchId, shardId, attemptId } = shard;
    const logger = this.#logger.child({ batchId, shardId, attemptId });
    logger.debug({ items: shard.items.length }, "a label shard came in");
    const running = { labeller, shard: runLabelShard(shard, labeller, { logger, metrics: this.#metrics }) };
    this.#running.add(running);
    void running.shard.ended.then(() => this.#running.delete(running));
    return running.shard.readable;
  }

  /** Takes no more shards; settles when those running have ended, however long that takes. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#allEnded();
  }

  /** Takes no more shards. Those running may end within `graceMs`; then they are handed back. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const ended = new AbortController();
    await Promise.race([this.#allEnded(), waitOrAbort(graceMs, ended.signal)]);
    ended.abort();
    for (const { shard } of this.#running) shard.handBack();
    await this.#allEnded();
  }

  #busy(labeller: Labeller): number {
    return [...this.#running].filter((running) => running.labeller.classifier === labeller.classifier).length;
  }

  #find({ classifierVersion }: LabelShardRequest): Labeller {
    const labellers = this.#labellers();
    const found = labellers.find(({ classifier }) => classifier === classifierVersion);
    if (found !== undefined) return found;
    const offered = labellers.map(({ classifier }) => classifier);
    const message = `The batch asks for the classifier ${classifierVersion}, this worker has ${offered.join(", ") || "none"}.`;
    throw new AppError("ENGINE_MISMATCH", message, { context: { classifierVersion } });
  }

  async #allEnded(): Promise<void> {
    await Promise.all([...this.#running].map(({ shard }) => shard.ended));
  }
}
