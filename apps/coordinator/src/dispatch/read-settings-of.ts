import type { BatchOptions, ReadSettings } from "@sluice/contracts";

/** How the documents of a batch with these options are read. */
export function readSettingsOf(options: BatchOptions): ReadSettings {
  return {
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
  };
}
