import type { BatchOptions, ClassifySettings, ReadSettings } from "@sluice/contracts";

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
    // An LLM is asked when the text is stored.
    classify: options.classifier === "rules" || options.classifier === "model" ? classifySettingsOf(options) : null,
  };
}

/** How they are judged, by whoever judges them; null: no label is asked for. */
export function classifySettingsOf(options: BatchOptions): ClassifySettings | null {
  const { classifier, taxonomy, minConfidence, model, modelConfidence } = options;
  if (classifier === "none") return null;
  return {
    classifier,
    taxonomy,
    minConfidence,
    ...(model === null ? {} : { model }),
    ...(modelConfidence === null ? {} : { modelConfidence }),
  };
}
