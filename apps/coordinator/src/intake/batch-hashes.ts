import { type BatchOptions, canonicalJson } from "@sluice/contracts";
import { BUSINESS_TAXONOMY_HASH } from "@sluice/taxonomy/business-hash";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
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
    taxonomy: hashOf(options.taxonomy),
    // Of other classifiers nothing, so that their labels are found under the hash that they always had.
    ...(options.nearDuplicates ? {} : { nearDuplicates: false }),
    ...(options.model === null ? {} : { model: options.model, modelConfidence: options.modelConfidence }),
  });
  return { extractHash, classifyHash };
}

function sha256(value: unknown): Buffer {
  return Buffer.from(new Bun.CryptoHasher("sha256").update(canonicalJson(value)).digest());
}

/** A taxonomy of the user's is small; the built-in one is large, and its hash is a constant. */
function hashOf(taxonomy: BatchOptions["taxonomy"]): string {
  return taxonomy === null ? BUSINESS_TAXONOMY_HASH : taxonomyHash(taxonomy);
}
