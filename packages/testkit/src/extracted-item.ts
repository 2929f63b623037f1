import { createHash } from "node:crypto";
import type { ErrorCode, FailedItem, KnownItem, ShardItem, TextItem } from "@sluice/contracts";

/** The hash that `extractedItem` gives a source: a pure function of its address. */
export function fakeHash(uri: string): string {
  return createHash("sha256").update(uri).digest("hex");
}

/** An item as a worker sends it for a document of one page; fields may be given otherwise. */
export function extractedItem(item: ShardItem, fields: Partial<TextItem> = {}): TextItem {
  const text = `Page of item ${item.ordinal}`;
  return {
    line: "item",
    ordinal: item.ordinal,
    outcome: "extracted",
    sizeBytes: item.sizeBytes,
    sourceVersion: `${item.sizeBytes}:0`,
    contentHash: fakeHash(item.uri),
    format: "pdf",
    pageCount: 1,
    pages: [{ verdict: "text", chars: text.length, text }],
    needsOcr: false,
    partial: false,
    metadata: {},
    warnings: [],
    classification: null,
    cpuMs: 1,
    ...fields,
  };
}

/** The line of a source whose bytes turned out to be known. */
export function knownItem(item: ShardItem, contentHash: string): KnownItem {
  const { ordinal, sizeBytes } = item;
  return {
    line: "item",
    ordinal,
    outcome: "known",
    sizeBytes,
    sourceVersion: `${sizeBytes}:0`,
    contentHash,
    cpuMs: 1,
  };
}

/** The line of a document that failed. */
export function failedItem(item: ShardItem, code: ErrorCode, fields: Partial<FailedItem> = {}): FailedItem {
  return {
    line: "item",
    ordinal: item.ordinal,
    outcome: "failed",
    code,
    message: `failed as scripted`,
    cpuMs: 1,
    ...fields,
  };
}
