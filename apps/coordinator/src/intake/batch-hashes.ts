import { type BatchOptions, canonicalJson } from "@sluice/contracts";
import { businessTaxonomy, taxonomyHash, taxonomySchema } from "@sluice/taxonomy";
import type { Build } from "../workers/choose-build.ts";

/**
 * The two hashes a batch is frozen to. extractHash covers all that changes the text that is stored, classifyHash all
 * that changes a label; with equal hashes a stored result is as good as a new one.
 */
export function batchHashes(options: BatchOptions, build: Build): { extractHash: Buffer; classifyHash: Buffer | null } {
  const extractHash = sha256({
    engineVersion: build.engineVersion,
    maxPages: options.maxPages,
    maxTextBytes: options.maxTextBytes,
    store: options.store,
  });
  if (build.classifierVersion === null) return { extractHash, classifyHash: null };
  const classifyHash = sha256({
    classifierVersion: build.classifierVersion,
    minConfidence: options.minConfidence,
    taxonomy: options.taxonomy === null ? builtInHash() : taxonomyHash(taxonomySchema.parse(options.taxonomy)),
  });
  return { extractHash, classifyHash };
}

function sha256(value: unknown): Buffer {
  return Buffer.from(new Bun.CryptoHasher("sha256").update(canonicalJson(value)).digest());
}

let builtIn: string | undefined;

/** The built-in taxonomy never changes while a process runs, and hashing it takes milliseconds. */
function builtInHash(): string {
  builtIn ??= taxonomyHash(businessTaxonomy);
  return builtIn;
}
