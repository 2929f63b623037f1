import { readFile } from "node:fs/promises";
import { AppError, type BatchOptionsInput, type Taxonomy } from "@sluice/contracts";
import { parseTaxonomy } from "@sluice/taxonomy";
import type { BatchFlags } from "../arguments/batch-options.ts";
import type { Config } from "../config.ts";
import { safeText } from "../output/safe-text.ts";

/** The options of a batch from flags and environment: flags win, and what neither says is the server's default. */
export async function batchOptions(flags: BatchFlags, config: Config): Promise<BatchOptionsInput> {
  const options: BatchOptionsInput = {
    classifier: flags.classifier ?? "rules",
    deduplicate: flags.deduplicate,
    force: flags.force === true,
  };
  if (flags.taxonomy !== undefined) {
    if (options.classifier === "none") throw new AppError("USAGE", "--taxonomy has no meaning with --classifier none");
    options.taxonomy = await readTaxonomy(flags.taxonomy);
  }
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

async function readTaxonomy(file: string): Promise<Taxonomy> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new AppError("PATH_NOT_FOUND", `no such taxonomy file: ${safeText(file)}`, { cause: error });
    throw new AppError("TAXONOMY_INVALID", `cannot read ${safeText(file)}: ${message}`, { cause: error });
  }
  return parseTaxonomy(text, file);
}
