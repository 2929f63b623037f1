import type { DocumentMetadata, ExtractErrorCode, ExtractResult, PageInfo, PageVerdict } from "./document.ts";
import { EXTRACT_ERROR_CODES } from "./error-codes.ts";
import type { Binding } from "./load-binding.ts";
import type { DocumentStructure } from "./structure.ts";

/** In the order in which the binding counts them. */
const VERDICTS = ["text", "sparse", "scanned", "garbled", "empty"] as const satisfies PageVerdict[];

/** Numbers the binding gives for each page. */
const MEASURES = 5;

/** Turns what crossed the boundary into the public union: the only place that knows the raw shapes. */
export function toResult(raw: Binding.RawResult): ExtractResult {
  if (raw.document !== undefined) {
    return { ok: true, document: toDocument(raw.document) };
  }
  const error = raw.error ?? { code: "NATIVE_PANIC", message: "the binding gave neither a document nor an error" };
  return { ok: false, error: toError(error) };
}

function toDocument(raw: Binding.RawDocument) {
  const pages = Array.from(raw.verdicts, (verdict, i) => toPage(verdict, raw.measures, i));
  for (const { page, code, message } of raw.pageErrors) {
    const info = pages[(page ?? 0) - raw.firstPage];
    if (info !== undefined) {
      info.error = { code: toCode(code), message };
    }
  }
  return {
    format: "pdf" as const,
    pageCount: raw.pageCount,
    pages,
    firstPage: raw.firstPage,
    text: raw.text,
    pageOffsets: raw.pageOffsets,
    metadata: toMetadata(raw.metadata),
    warnings: raw.warnings.map(({ code, message, page }) => withPage({ code, message }, page)),
    ...(raw.structure === undefined ? {} : { structure: toStructure(raw.structure) }),
    ...(raw.markdown === undefined ? {} : { markdown: raw.markdown }),
  };
}

/** The core writes what `DocumentStructure` says; tests compare the two. */
function toStructure(json: Uint8Array): DocumentStructure {
  return JSON.parse(new TextDecoder().decode(json)) as DocumentStructure;
}

function toPage(verdict: number, measures: Float64Array, index: number): PageInfo {
  const measure = (offset: number) => measures[index * MEASURES + offset] ?? 0;
  return {
    verdict: VERDICTS[verdict] ?? "empty",
    widthPt: measure(0),
    heightPt: measure(1),
    chars: measure(2),
    maxFontPt: measure(3),
    imageCoverage: measure(4),
  };
}

function toMetadata({ pdfVersion, tagged, encrypted, ...strings }: Binding.RawMetadata): DocumentMetadata {
  const present = Object.entries(strings).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(present), pdfVersion, tagged, encrypted };
}

function toError({ code, message, page }: Binding.RawError) {
  return withPage({ code: toCode(code), message }, page);
}

function withPage<T extends object>(value: T, page: number | undefined): T | (T & { page: number }) {
  return page === undefined ? value : { ...value, page };
}

/** A code that is not in the closed set is a defect of the binding, and is reported as one. */
function toCode(code: string): ExtractErrorCode {
  return EXTRACT_ERROR_CODES.find((known) => known === code) ?? "NATIVE_PANIC";
}
