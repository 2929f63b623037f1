import type { ErrorCode } from "@sluice/contracts";

/** Something that was found, and may become an item. */
export interface ListedEntry {
  readonly uri: string;
  readonly sizeBytes: number;
  readonly sourceVersion: string;
  /** Where it lies below the source that was given, for filters and for telling archives. */
  readonly path: string;
}

export interface ListedProblem {
  readonly uri: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What is taken in at a time, and how far the listing has come when it is. */
export interface ListedPage {
  readonly entries: readonly ListedEntry[];
  readonly problems: readonly ListedProblem[];
  /** From it the rest, and nothing else, is listed. */
  readonly cursor: unknown;
}

/** As many as S3 gives at a time, and what a transaction takes in in some 20 ms. */
export const PAGE_ENTRIES = 1_000;
