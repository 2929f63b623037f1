import type { BatchOptions, ShardRequest } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readPasswords } from "../db/queries/batch-passwords.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { PRIORITY_VALUE } from "../intake/priority-value.ts";

/** What never changes of a batch and every shard of it needs. */
export interface BatchContext {
  readonly batchId: string;
  readonly engineVersion: string;
  readonly extractHash: Buffer;
  readonly classifyHash: Buffer | null;
  readonly options: BatchOptions;
  readonly priority: number;
  readonly request: Pick<ShardRequest, "engineVersion" | "extract" | "store" | "classify" | "passwords">;
}

const KEEP = 64;

/** Reads a batch's frozen part once; the least recently used goes first. */
export class BatchContexts {
  readonly #database: Database;
  readonly #contexts = new Map<string, Promise<BatchContext>>();

  constructor(database: Database) {
    this.#database = database;
  }

  get(batchId: string): Promise<BatchContext> {
    const context = this.#contexts.get(batchId) ?? this.#read(batchId);
    this.#contexts.delete(batchId);
    this.#contexts.set(batchId, context);
    const [oldest] = this.#contexts.keys();
    if (this.#contexts.size > KEEP && oldest !== undefined) this.#contexts.delete(oldest);
    return context;
  }

  async #read(batchId: string): Promise<BatchContext> {
    try {
      const [{ status, extractHash, classifyHash }, options, passwords] = await Promise.all([
        readBatch(this.#database, batchId),
        readBatchOptions(this.#database, batchId),
        readPasswords(this.#database, batchId),
      ]);
      return {
        batchId,
        engineVersion: status.engineVersion,
        extractHash,
        classifyHash,
        options,
        priority: PRIORITY_VALUE[options.priority],
        request: {
          engineVersion: status.engineVersion,
          extract: {
            maxPages: options.maxPages,
            maxTextBytes: options.maxTextBytes,
            maxDocumentBytes: options.maxDocumentBytes,
            documentTimeoutMs: options.documentTimeoutMs,
            documentMemoryMb: options.documentMemoryMb,
          },
          store: options.store,
          classify:
            options.classifier === "none"
              ? null
              : { classifier: options.classifier, taxonomy: options.taxonomy, minConfidence: options.minConfidence },
          passwords,
        },
      };
    } catch (error) {
      this.#contexts.delete(batchId);
      throw error;
    }
  }
}
