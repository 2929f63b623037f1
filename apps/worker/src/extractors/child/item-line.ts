import type { Classification, ErrorCode } from "@sluice/contracts";
import type { ExtractedDocument } from "@sluice/native";
import type { SourceBytes } from "../../sources/file-source.ts";
import { pageBytes } from "./classifier-input.ts";
import type { LineWriter } from "./line-writer.ts";

export interface FailedOutcome {
  readonly code: ErrorCode;
  readonly message: string;
  readonly page?: number | undefined;
  readonly contentHash?: string | undefined;
}

/** Writes the `item` lines of the wire (`itemLineSchema`), each complete up to its CPU time, which `endLine` adds. */
export function writeFailed(writer: LineWriter, ordinal: number, failed: FailedOutcome): void {
  const { code, message, page, contentHash } = failed;
  open(writer, { line: "item", ordinal, outcome: "failed", code, message, page, contentHash });
}

export function writeKnown(writer: LineWriter, ordinal: number, source: SourceBytes): void {
  open(writer, { line: "item", ordinal, outcome: "known", ...sourceFacts(source) });
}

export function writeExtracted(
  writer: LineWriter,
  ordinal: number,
  source: SourceBytes,
  document: ExtractedDocument,
  classification: Classification | null,
  store: "full" | "meta",
): void {
  open(writer, {
    line: "item",
    ordinal,
    outcome: "extracted",
    ...sourceFacts(source),
    format: document.format,
    pageCount: document.pageCount,
    needsOcr: document.pages.some((page) => page.verdict === "scanned" || page.verdict === "garbled"),
    partial: document.pages.some((page) => page.error !== undefined),
    metadata: document.metadata,
    warnings: document.warnings,
    classification,
  });
  writer.json(',"pages":[');
  document.pages.forEach((page, index) => {
    writer.json(`${index === 0 ? "" : ","}{"verdict":"${page.verdict}","chars":${page.chars},"text":`);
    if (store === "meta" || page.error !== undefined) writer.json("null");
    else writer.string(pageBytes(document, index));
    writer.json(page.error === undefined ? "}" : `,"error":${JSON.stringify(page.error)}}`);
  });
  writer.json("]");
}

export function endLine(writer: LineWriter, cpuMicros: number): void {
  writer.json(`,"cpuMs":${cpuMicros / 1_000}}\n`);
}

/** An object without its closing brace. */
function open(writer: LineWriter, facts: object): void {
  writer.json(JSON.stringify(facts).slice(0, -1));
}

function sourceFacts({ bytes, sourceVersion, contentHash }: SourceBytes) {
  return { sizeBytes: bytes.length, sourceVersion, contentHash };
}
