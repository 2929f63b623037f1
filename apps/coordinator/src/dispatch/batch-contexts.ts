import type { BatchOptions, ShardRequest } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readPasswords } from "../db/queries/batch-passwords.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { readSettingsOf } from "./read-settings-of.ts";

/** What every shard of a batch needs of it; it changes with the batch's revision only. */
export interface BatchContext {
  readonly batchId: string;
  readonly revision: number;
  readonly engineVersion: string;
  readonly classifierVersion: string | null;
  /** Who submitted it; null: nobody in particular. */
  readonly owner: string | null;
  readonly extractHash: Buffer;
  readonly classifyHash: Buffer | null;
  /** Where its labels wait, when they are given in a stage of their own. */
  readonly labelQueue: string | null;
  readonly options: BatchOptions;
  readonly request: Pick<ShardRequest, "engineVersion" | "extract" | "store" | "classify" | "passwords">;
}

const KEEP = 64;

/** Reads a batch once a revision; the least recently used goes first. */
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

  /** The same, read anew: the batch has another revision than the one remembered. */
  refresh(batchId: string): Promise<BatchContext> {
    this.#contexts.delete(batchId);
    return this.get(batchId);
  }

  async #read(batchId: string): Promise<BatchContext> {
    try {
      const [
        { status, revision, owner, classifierVersion, extractHash, classifyHash, labelQueue },
        options,
        passwords,
      ] = await Promise.all([
        readBatch(this.#database, batchId),
        readBatchOptions(this.#database, batchId),
        readPasswords(this.#database, batchId),
      ]);
      const read = readSettingsOf(options);
      const settings = labelQueue === null ? read : { ...read, classify: null };
      return {
        batchId,
        revision,
        engineVersion: status.engineVersion,
        classifierVersion,
        owner,
        extractHash,
        classifyHash,
        labelQueue,
        options,
        request: { engineVersion: status.engineVersion, ...settings, passwords },
      };
    } catch (error) {
      this.#contexts.delete(batchId);
      throw error;
    }
  }
}
