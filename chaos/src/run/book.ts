/** The run's own record of what it did, kept apart from everything that Sluice says. */
import type { ExportFormat } from "@sluice/contracts";
import type { KnownDocument } from "../documents/document-set.ts";
import type { Submission } from "../plan/plan.ts";

export interface BookedBatch {
  readonly submission: Submission;
  /** By ordinal; of a bucket, once it is known in which order its folders were listed. */
  items: readonly { readonly uri: string; readonly document: KnownDocument }[];
  readonly round: number;
  /** null: no client has come as far as to open it. */
  batchId: string | null;
  /** Sealed by its client, or refused because somebody had cancelled it. */
  end: "sealed" | "refused" | null;
  /** What was stored of it when its cancellation had been answered. */
  cancelled: { readonly states: string; readonly documents: number } | null;
  /** From the answer to a pause to the asking for its end, by the database's clock. */
  paused: { readonly from: Date; readonly to: Date } | null;
  /** Its deletion was answered. */
  deleted: boolean;
  /** Changes with every step of making failed items of it pending again. */
  retries: number;
}

/** A death that the run brought about, or a document did by order. */
export interface BookedDeath {
  readonly at: number;
  readonly target: string;
  readonly what: "part" | "child" | "frozen" | "cut";
}

/** An export that came to its end while things broke, of a batch that had ended before and was not touched since. */
export interface BookedExport {
  readonly batch: BookedBatch;
  readonly rows: "results" | "pages";
  readonly format: ExportFormat;
  readonly sha256: string;
  readonly bytes: number;
  /** Of the batch, by then. */
  readonly retries: number;
}

export interface Violation {
  readonly round: number;
  readonly batchId: string | null;
  readonly name: string;
  /** What was broken, in a word. */
  readonly kind: string;
  readonly detail: string;
}

export class Book {
  readonly batches: BookedBatch[] = [];
  readonly exports: BookedExport[] = [];
  readonly violations: Violation[] = [];
  readonly counts = new Map<string, number>();
  /** Healthy documents that failed because the run itself had killed what read them, again and again. */
  readonly blamed: string[] = [];

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  violate(violation: Violation): void {
    this.violations.push(violation);
  }
}
