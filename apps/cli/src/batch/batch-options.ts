import { AppError, type BatchOptionsInput } from "@sluice/contracts";
import { parseTaxonomy } from "@sluice/taxonomy";
import type { BatchFlags } from "../arguments/batch-options.ts";
import type { Config } from "../config.ts";
import { readTaxonomyFile } from "./read-taxonomy-file.ts";

/** The options of a batch from flags and environment: flags win, and what neither says is the server's default. */
export async function batchOptions(flags: BatchFlags, config: Config): Promise<BatchOptionsInput> {
  const options: BatchOptionsInput = {
    classifier: flags.classifier ?? "rules",
    deduplicate: flags.deduplicate,
    force: flags.force === true,
  };
  if (flags.taxonomy !== undefined) {
    if (options.classifier === "none") throw new AppError("USAGE", "--taxonomy has no meaning with --classifier none");
    options.taxonomy = parseTaxonomy(await readTaxonomyFile(flags.taxonomy), flags.taxonomy);
  }
  if (!flags.nearDuplicates) options.nearDuplicates = false;
  if (flags.minConfidence !== undefined) options.minConfidence = flags.minConfidence;
  const store = flags.store ?? (config.storeFullContent === false ? "meta" : undefined);
  if (store !== undefined) options.store = store;
  if (flags.priority !== undefined) options.priority = flags.priority;
  if (flags.timeout !== undefined) options.documentTimeoutMs = Math.round(flags.timeout * 1_000);
  if (flags.memory !== undefined) options.documentMemoryMb = flags.memory;
  if (config.maxDocumentBytes !== undefined) options.maxDocumentBytes = config.maxDocumentBytes;
  const maxConcurrent = flags.maxConcurrent ?? config.maxConcurrent;
  if (maxConcurrent !== undefined) options.maxConcurrent = maxConcurrent;
  if (config.commitDocuments !== undefined) options.commitDocuments = config.commitDocuments;
  return options;
}
