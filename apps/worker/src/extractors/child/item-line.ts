import type { Classification, ErrorCode } from "@sluice/contracts";
import type { ExtractedDocument } from "@sluice/native";
import type { SourceBytes } from "../../sources/file-source.ts";
import { pageBytes } from "./classifier-input.ts";
import type { LineWriter } from "./line-writer.ts";
import { pageForm } from "./page-form.ts";

export interface FailedOutcome {
  readonly code: ErrorCode;
  readonly message: string;
  readonly page?: number | undefined;
  readonly contentHash?: string | undefined;
}

/** Writes the `item` lines of the wire (`itemLineSchema`). `cpuMs`: what the item has cost so far. */
export function writeFailed(writer: LineWriter, ordinal: number, failed: FailedOutcome, cpuMs: number): void {
  const { code, message, page, contentHash } = failed;
  writeLine(writer, { line: "item", ordinal, outcome: "failed", code, message, page, contentHash, cpuMs });
}

export function writeKnown(writer: LineWriter, ordinal: number, source: SourceBytes, cpuMs: number): void {
  writeLine(writer, { line: "item", ordinal, outcome: "known", ...sourceFacts(source), cpuMs });
}

/** The line, and the text behind it. */
export function writeExtracted(
  writer: LineWriter,
  item: {
    readonly ordinal: number;
    readonly source: SourceBytes;
    readonly document: ExtractedDocument;
    readonly classification: Classification | null;
    readonly store: "full" | "meta";
    readonly cpuMs: number;
  },
): void {
  const { ordinal, source, document, classification, store, cpuMs } = item;
  const texts = document.pages.map((page, index) =>
    store === "meta" || page.error !== undefined ? null : pageBytes(document, index),
  );
  writeLine(writer, {
    line: "item",
    ordinal,
    outcome: "extracted",
    ...sourceFacts(source),
    format: document.format,
    pageCount: document.pageCount,
    needsOcr: document.pages.some((page) => page.verdict === "scanned" || page.verdict === "garbled"),
    partial: document.pages.some((page) => page.error !== undefined),
    metadata: { ...document.metadata, ...pageForm(document.pages) },
    warnings: document.warnings,
    classification,
    pages: document.pages.map(({ verdict, chars, error }, index) => ({
      verdict,
      chars,
      textBytes: texts[index]?.length ?? null,
      error,
    })),
    textBytes: texts.reduce((sum, text) => sum + (text?.length ?? 0), 0),
    cpuMs,
  });
  if (texts.includes(null)) for (const text of texts) writer.bytes(text ?? NO_BYTES);
  else writer.bytes(document.text);
}

const NO_BYTES = new Uint8Array();

function writeLine(writer: LineWriter, line: object): void {
  writer.json(`${JSON.stringify(line)}\n`);
}

function sourceFacts({ bytes, sourceVersion, contentHash }: SourceBytes) {
  return { sizeBytes: bytes.length, sourceVersion, contentHash };
}
