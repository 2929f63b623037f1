import type { Extractor } from "./extractor.ts";

/**
 * Loads the extraction engine: the native addon, or the module at `path`. The one importer of the addon, so that no
 * process loads it by accident. Rejects with what the loader says when there is none.
 */
export async function loadExtractor(path: string | null): Promise<Extractor> {
  return path === null ? await import("@sluice/native") : ((await import(path)) as Extractor);
}
