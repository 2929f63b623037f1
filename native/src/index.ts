import type { ExtractOptions, ExtractResult } from "./document.ts";
import { type Binding, loadBinding } from "./load-binding.ts";
import { toResult } from "./result.ts";

export type {
  DocumentMetadata,
  ExtractedDocument,
  ExtractErrorCode,
  ExtractOptions,
  ExtractResult,
  PageInfo,
  PageVerdict,
} from "./document.ts";
export type {
  ArtefactRole,
  Block,
  Box,
  DocumentStructure,
  Line,
  OutlineItem,
  PageStructure,
  Quality,
  Word,
} from "./structure.ts";
export { EXTRACT_ERROR_CODES } from "./error-codes.ts";

const binding = loadBinding();

/** Version of the extractor; it changes whenever the text of any document could, and so is part of the extractHash. */
export const engineVersion: string = binding.engineVersion();

/** Reads a document on this thread: for an extractor child, which has nothing else to do. Never throws for a document. */
export function extract(bytes: Uint8Array, options: ExtractOptions = {}): ExtractResult {
  return toResult(binding.extract(bytes, toRaw(options)));
}

/** Reads a document on a thread of the pool. Never rejects for a document. */
export async function extractAsync(bytes: Uint8Array, options: ExtractOptions = {}): Promise<ExtractResult> {
  return toResult(await binding.extractAsync(bytes, toRaw(options)));
}

/**
 * @throws RangeError for numbers no page or size can have: that is a mistake of the caller, not of a document.
 */
function toRaw(options: ExtractOptions): Binding.RawOptions {
  const { maxPages, maxTextBytes, timeoutMs, pages, structure, markdown, passwords } = options;
  const raw: Binding.RawOptions = {};
  if (maxPages !== undefined) {
    raw.maxPages = whole("maxPages", maxPages);
  }
  if (maxTextBytes !== undefined) {
    raw.maxTextBytes = whole("maxTextBytes", maxTextBytes);
  }
  if (timeoutMs !== undefined) {
    raw.timeoutMs = whole("timeoutMs", timeoutMs);
  }
  if (pages !== undefined) {
    raw.fromPage = Math.min(whole("pages.from", pages.from), MAX_PAGE);
    raw.toPage = Math.min(whole("pages.to", pages.to), MAX_PAGE);
  }
  if (structure === true) {
    raw.structure = true;
  }
  if (markdown === true) {
    raw.markdown = true;
  }
  if (passwords !== undefined && passwords.length > 0) {
    raw.passwords = [...passwords];
  }
  return raw;
}

/** Page numbers are 32 bits wide on the other side. */
const MAX_PAGE = 0xffff_ffff;

function whole(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} must be a whole number from 1, not ${value}`);
  }
  return value;
}
