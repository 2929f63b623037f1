import type { EXTRACT_ERROR_CODES } from "./error-codes.ts";
import type { DocumentStructure } from "./structure.ts";

/** What a page holds; `scanned` and `garbled` pages need OCR. */
export type PageVerdict = "text" | "sparse" | "scanned" | "garbled" | "empty";

/** Closed set: see `EXTRACT_ERROR_CODES`. */
export type ExtractErrorCode = (typeof EXTRACT_ERROR_CODES)[number];

/** What to read. */
export interface ExtractOptions {
  /** Read at most so many pages; a `PAGES_LEFT_OUT` warning says when there were more. */
  maxPages?: number;
  /** Past so many UTF-8 bytes of text the document fails with `TEXT_LIMIT`. */
  maxTextBytes?: number;
  /** After so many milliseconds the document fails with `TIMEOUT`; looked at between operators, so a little later. */
  timeoutMs?: number;
  /** 1-based, both included; `to` may lie beyond the last page. */
  pages?: { from: number; to: number };
  /** Give `structure` too: blocks, lines and words with boxes, outline, page labels, quality. Costs more than the text. */
  structure?: boolean;
  /** Give `markdown` too. */
  markdown?: boolean;
  /** Tried on an encrypted document in this order, after the empty password; user or owner passwords. */
  passwords?: readonly string[];
}

/** A page without its text. */
export interface PageInfo {
  verdict: PageVerdict;
  /** Size in points as displayed: rotated and cropped. */
  widthPt: number;
  heightPt: number;
  /** Characters, white space not counted. */
  chars: number;
  /** Size of the largest text. */
  maxFontPt: number;
  /** Share of the page under images, 0 to 1. */
  imageCoverage: number;
  /** What went wrong on this page; its text up to there is kept. */
  error?: { code: ExtractErrorCode; message: string };
}

/** What a document says about itself. Dates are ISO 8601. */
export interface DocumentMetadata {
  title?: string;
  author?: string;
  subject?: string;
  keywords?: string;
  creator?: string;
  producer?: string;
  createdAt?: string;
  modifiedAt?: string;
  language?: string;
  pdfVersion: string;
  tagged: boolean;
  encrypted: boolean;
}

/** A document that was read. */
export interface ExtractedDocument {
  format: "pdf";
  /** Pages in the document, read or not. */
  pageCount: number;
  /** The pages read. */
  pages: PageInfo[];
  /** 1-based number of `pages[0]`. */
  firstPage: number;
  /** UTF-8 of all pages back to back; valid, without NUL. Lines end in `\n`, a blank line parts paragraphs, a tab cells. */
  text: Uint8Array;
  /** `pages.length + 1` byte offsets into `text`. */
  pageOffsets: Uint32Array;
  metadata: DocumentMetadata;
  warnings: { code: string; message: string; page?: number }[];
  /** With the option `structure`. */
  structure?: DocumentStructure;
  /** With the option `markdown`: UTF-8, CommonMark with GFM tables. */
  markdown?: Uint8Array;
}

/** A document, or the reason why there is none. */
export type ExtractResult =
  | { ok: true; document: ExtractedDocument }
  | { ok: false; error: { code: ExtractErrorCode; message: string; page?: number } };
