import type { Classification } from "@sluice/contracts";
import type { ExtractedDocument, ExtractOptions, ExtractResult } from "@sluice/native";
import type { Classifier } from "../../classifiers/classifier.ts";
import type { ClassifierInput } from "../../classifiers/rules/index.ts";
import type { SourceBytes } from "../../sources/file-source.ts";
import type { SourceFailure } from "../../sources/source-failure.ts";
import type { SourceReader } from "../../sources/source-reader.ts";
import type { ItemRequest, ReadSettings } from "../child-request.ts";
import type { Extractor } from "../extractor.ts";
import { classifierInput } from "./classifier-input.ts";
import { documentCode } from "../document-code.ts";
import { type FailedOutcome, writeExtracted, writeFailed, writeKnown } from "./item-line.ts";
import type { LineWriter } from "./line-writer.ts";

export interface ItemReader {
  readonly extractor: Extractor;
  readonly source: SourceReader;
  readonly settings: ReadSettings;
  /** null: no label is asked for. */
  readonly classifier: Classifier | null;
}

/**
 * Reads one item and writes its line: bytes, hash, known or not, text, label. Every outcome of a document is a line.
 * `cpuMs` says what it has cost so far. Returns whether this process can be trusted with another document.
 */
export function readItem(
  reader: ItemReader,
  request: ItemRequest,
  writer: LineWriter,
  cpuMs: () => number,
): boolean | Promise<boolean> {
  const started = performance.now();
  const { maxDocumentBytes: maxBytes, documentTimeoutMs } = reader.settings.extract;
  const timeoutMs = documentTimeoutMs * SHARE_FOR_SOURCE;
  const source = reader.source.read(request.uri, { maxBytes, timeoutMs, fetchUrl: request.fetchUrl });
  const judge = (bytes: SourceBytes | SourceFailure) => readBytes(reader, request, bytes, { writer, cpuMs, started });
  return source instanceof Promise ? source.then(judge) : judge(source);
}

// Of a document's time: a server that is slower than this is told from an engine that is.
const SHARE_FOR_SOURCE = 0.7;

function readBytes(
  reader: ItemReader,
  { ordinal, knownHashes }: ItemRequest,
  source: SourceBytes | SourceFailure,
  { writer, cpuMs, started }: { writer: LineWriter; cpuMs: () => number; started: number },
): boolean {
  const { extract: limits, store, passwords } = reader.settings;
  if (!source.ok) {
    writeFailed(writer, ordinal, source, cpuMs());
    return true;
  }
  if (knownHashes.includes(source.contentHash)) {
    writeKnown(writer, ordinal, source, cpuMs());
    return true;
  }
  const timeoutMs = timeForEngine(limits.documentTimeoutMs, performance.now() - started);
  const { maxPages, maxTextBytes } = limits;
  const result = extractSafely(reader.extractor, source.bytes, { maxPages, maxTextBytes, timeoutMs, passwords });
  if (!result.ok) {
    const { code } = result.error;
    writeFailed(writer, ordinal, { ...result.error, contentHash: source.contentHash }, cpuMs());
    return code !== "NATIVE_PANIC" && code !== "CHILD_OOM";
  }
  const { document } = result;
  const classification = reader.classifier === null ? null : classify(reader, reader.classifier, document);
  writeExtracted(writer, { ordinal, source, document, classification, store, cpuMs: cpuMs() });
  return true;
}

type SafeResult = Extract<ExtractResult, { ok: true }> | { ok: false; error: FailedOutcome };

function extractSafely(
  extractor: Extractor,
  bytes: Uint8Array,
  options: ExtractOptions & { maxPages: number },
): SafeResult {
  try {
    const result = extractor.extract(bytes, options);
    if (result.ok) return whole(result, options.maxPages);
    const { code, message, page } = result.error;
    return { ok: false, error: { code: documentCode(code), message, page } };
  } catch (error) {
    // The engine answers with values; what it throws is a defect of the seam, or memory refused by the limit.
    const message = error instanceof Error ? error.message : String(error);
    const outOfMemory = error instanceof RangeError && /out of memory|allocation/i.test(message);
    return {
      ok: false,
      error: { code: outOfMemory ? "CHILD_OOM" : "NATIVE_PANIC", message: `The engine threw: ${message}` },
    };
  }
}

// The engine looks at its clock between operators, and its answer has to be written before the parent's patience ends.
const SHARE_FOR_ANSWER = 0.1;
const MOST_FOR_ANSWER_MS = 1_000;

/** The time left to the engine, a little less than until this process is killed: a document that stops by itself costs no child. */
function timeForEngine(documentTimeoutMs: number, spentMs: number): number {
  const answerMs = Math.min(documentTimeoutMs * SHARE_FOR_ANSWER, MOST_FOR_ANSWER_MS);
  return Math.max(1, Math.floor(documentTimeoutMs - answerMs - spentMs));
}

/** The engine reads as far as it may; a batch wants the whole document or a reason. */
function whole(result: Extract<ExtractResult, { ok: true }>, maxPages: number): SafeResult {
  const { pageCount, pages } = result.document;
  if (pages.length === pageCount) return result;
  const message = `It has ${pageCount} pages; this batch reads documents of up to ${maxPages}.`;
  return { ok: false, error: { code: "PAGE_LIMIT", message } };
}

function classify(reader: ItemReader, classifier: Classifier, document: ExtractedDocument): Classification {
  const input: ClassifierInput | null = classifierInput(document);
  if (input === null) return { state: "no_text", category: null, confidence: 0, terms: [] };
  const minConfidence = reader.settings.classify?.minConfidence ?? undefined;
  return classifier.classify(input, { minConfidence });
}
