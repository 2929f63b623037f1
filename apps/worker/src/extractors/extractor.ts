import type { ExtractOptions, ExtractResult } from "@sluice/native";

/**
 * What an extractor child loads and calls: the native addon, or in tests a module that misbehaves. Synchronous, since
 * a child reads one document at a time and is killed, not cancelled.
 */
export interface Extractor {
  readonly engineVersion: string;
  extract(bytes: Uint8Array, options: ExtractOptions): ExtractResult;
}
