import { expect } from "bun:test";
import { extract, type ExtractedDocument, type ExtractErrorCode, type ExtractOptions } from "../src/index.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Extracts a document that must be readable. */
export function read(bytes: Uint8Array, options?: ExtractOptions): ExtractedDocument {
  const result = extract(bytes, options);
  if (!result.ok) {
    throw new Error(`${result.error.code}: ${result.error.message}`);
  }
  return result.document;
}

/** Text of a page, by its index among the pages read. Fails on invalid UTF-8. */
export function pageText({ text, pageOffsets }: ExtractedDocument, index = 0): string {
  return utf8.decode(text.subarray(pageOffsets[index], pageOffsets[index + 1]));
}

/** Text of the whole document. */
export function allText({ text }: ExtractedDocument): string {
  return utf8.decode(text);
}

/** The code a document fails with. */
export function failure(bytes: Uint8Array, options?: ExtractOptions): { code: ExtractErrorCode; message: string } {
  const result = extract(bytes, options);
  expect(result.ok).toBe(false);
  if (result.ok) {
    throw new Error("unreachable: the line above fails first");
  }
  return result.error;
}
