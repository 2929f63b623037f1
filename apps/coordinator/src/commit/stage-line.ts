import type { Classification, ExtractedItem, ItemLine, PageResult } from "@sluice/contracts";
import { classificationRow } from "./classification-row.ts";
import { CopyEncoder } from "./copy-encoder.ts";
import type { StagedItem, StagedLabel } from "./staged-item.ts";
import type { Staging } from "./staging.ts";

/** What all rows of a shard share. */
export interface ShardHashes {
  readonly batchId: string;
  readonly extractHash: Buffer;
  /** null: no label was asked for. */
  readonly classifyHash: Buffer | null;
}

/** What was listed for an item. */
export interface ListedItem {
  readonly sizeBytes: number;
  readonly sourceVersion: string;
}

export const DOCUMENT_COLUMNS =
  "documents (content_hash, extract_hash, size_bytes, format, page_count, needs_ocr, partial, metadata, warnings, first_batch_id)";
export const PAGE_COLUMNS = "pages (content_hash, extract_hash, page_no, verdict, chars, text, error)";
/** Encodes what an item line brings, and the text that follows it, into rows and keeps them in `staging`. */
export async function stageLine(
  line: ItemLine,
  text: Uint8Array,
  listed: ListedItem,
  hashes: ShardHashes,
  staging: Staging,
): Promise<StagedItem> {
  if (line.outcome === "failed") {
    return {
      kind: "failed",
      ordinal: line.ordinal,
      sizeBytes: null,
      sourceVersion: null,
      hash: line.contentHash ?? null,
      code: line.code,
      message: storable(line.message),
      page: line.page ?? null,
      evidence: line.evidence ?? null,
    };
  }
  const base = {
    ordinal: line.ordinal,
    sizeBytes: line.sizeBytes === listed.sizeBytes ? null : line.sizeBytes,
    sourceVersion: line.sourceVersion === listed.sourceVersion ? null : storable(line.sourceVersion),
    hash: line.contentHash,
  };
  if (line.outcome === "known") return { kind: "known", ...base };
  const contentHash = Buffer.from(line.contentHash, "hex");
  return {
    kind: "extracted",
    ...base,
    partial: line.partial,
    pages: line.pageCount,
    bytes: line.sizeBytes,
    needsOcr: line.needsOcr,
    rows: {
      document: await staging.append(documentRow(line, contentHash, hashes)),
      pages: line.pages.length === 0 ? null : await staging.append(pageRows(line.pages, text, contentHash, hashes)),
    },
    label: await stageLabel(line.classification, contentHash, hashes, staging),
  };
}

async function stageLabel(
  label: Classification | null,
  contentHash: Buffer,
  hashes: ShardHashes,
  staging: Staging,
): Promise<StagedLabel | null> {
  if (label === null || hashes.classifyHash === null) return null;
  const row = classificationRow(label, {
    contentHash,
    extractHash: hashes.extractHash,
    classifyHash: hashes.classifyHash,
  });
  return { state: label.state, row: await staging.append(row) };
}

function documentRow(line: ExtractedItem, contentHash: Buffer, hashes: ShardHashes): Buffer {
  return new CopyEncoder(512)
    .startRow(10)
    .bytea(contentHash)
    .bytea(hashes.extractHash)
    .int8(line.sizeBytes)
    .text(line.format)
    .int4(line.pageCount)
    .bool(line.needsOcr)
    .bool(line.partial)
    .jsonb(line.metadata)
    .jsonb(line.warnings)
    .uuid(hashes.batchId)
    .finish();
}

// Beside the hashes and the text: the number of fields, their lengths, the numbers and the verdict.
const PAGE_ROW_BYTES = 64;

function pageRows(pages: readonly PageResult[], text: Uint8Array, contentHash: Buffer, hashes: ShardHashes): Buffer {
  const rowBytes = PAGE_ROW_BYTES + contentHash.byteLength + hashes.extractHash.byteLength;
  const encoder = new CopyEncoder(rowBytes * pages.length + text.byteLength);
  let at = 0;
  pages.forEach((page, index) => {
    encoder
      .startRow(7)
      .bytea(contentHash)
      .bytea(hashes.extractHash)
      .int4(index + 1)
      .text(page.verdict)
      .int4(page.chars);
    if (page.textBytes === null) encoder.null();
    else encoder.utf8(text.subarray(at, (at += page.textBytes)));
    if (page.error === undefined) encoder.null();
    else encoder.jsonb(page.error);
  });
  return encoder.finish();
}

/** Text that goes into `items` by a statement and not by COPY: PostgreSQL stores no NUL there either. */
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}
