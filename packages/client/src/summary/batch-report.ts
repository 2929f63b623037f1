import type { BatchStatus, BatchSummary } from "@sluice/contracts";
import type { ListingFault, ListingReport } from "../submission/source-listing.ts";

export interface FailureGroup {
  readonly code: string;
  readonly advice: string;
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly { readonly uri: string; readonly message: string }[];
}

/** What became of a batch, with rates: what `processDirectory` gives, and the one object of `classify --json`. */
export interface BatchReport {
  readonly batchId: string;
  readonly state: BatchStatus["state"];
  /** Items handed in, whatever became of them. */
  readonly documents: number;
  readonly succeeded: number;
  readonly partial: number;
  readonly failed: number;
  readonly duplicates: number;
  readonly unchanged: number;
  readonly cancelled: number;
  readonly pending: number;
  readonly classified: number;
  readonly abstained: number;
  readonly noText: number;
  readonly classifyFailed: number;
  readonly needsOcr: number;
  readonly pages: number;
  readonly bytes: number;
  /** From the opening of the batch to its end. */
  readonly seconds: number;
  /** Documents settled in that time, `unchanged` ones included. */
  readonly documentsPerSecond: number;
  readonly pagesPerSecond: number;
  readonly categories: Readonly<Record<string, number>>;
  /** At most `MAX_LISTED_FAILURES`; `failed` is the count. */
  readonly failures: readonly { readonly uri: string; readonly code: string; readonly message: string }[];
  /** The first thousand; `listingProblemCount` is the count. */
  readonly listingProblems: readonly ListingFault[];
  readonly listingProblemCount: number;
  readonly skipped: ListingReport["skipped"];
  /** Unfinished batches of the same submission that this one took the place of. */
  readonly superseded: readonly string[];
}

/** More than anybody reads in one object; `failures BATCH` streams all of them. */
export const MAX_LISTED_FAILURES = 10_000;

/** Turns the server's account of a batch and what only the client knows into the report. */
export function batchReport(
  { batch, categories }: Pick<BatchSummary, "batch" | "categories">,
  rest: Pick<BatchReport, "failures" | "superseded" | "seconds"> & { readonly listing: ListingReport },
): BatchReport {
  const settled = batch.items - batch.extract.pending - batch.extract.cancelled;
  const perSecond = (count: number) => (rest.seconds > 0 ? Math.round((count / rest.seconds) * 100) / 100 : 0);
  return {
    batchId: batch.batchId,
    state: batch.state,
    documents: batch.items,
    succeeded: batch.extract.succeeded,
    partial: batch.extract.partial,
    failed: batch.extract.failed,
    duplicates: batch.extract.duplicate,
    unchanged: batch.extract.unchanged,
    cancelled: batch.extract.cancelled,
    pending: batch.extract.pending,
    classified: batch.classify.classified,
    abstained: batch.classify.abstained,
    noText: batch.classify.no_text,
    classifyFailed: batch.classify.failed,
    needsOcr: batch.needsOcr,
    pages: batch.pages,
    bytes: batch.bytes,
    seconds: Math.round(rest.seconds * 1_000) / 1_000,
    documentsPerSecond: perSecond(settled),
    pagesPerSecond: perSecond(batch.pages),
    categories,
    failures: rest.failures,
    listingProblems: rest.listing.problems,
    listingProblemCount: rest.listing.problemCount,
    skipped: rest.listing.skipped,
    superseded: rest.superseded,
  };
}
