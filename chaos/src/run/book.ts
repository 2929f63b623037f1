/** The run's own record of what it did, kept apart from everything that Sluice says. */
import type { KnownDocument } from "../documents/document-set.ts";
import type { Submission } from "../plan/plan.ts";

export interface BookedBatch {
  readonly submission: Submission;
  /** By ordinal. */
  readonly items: readonly { readonly uri: string; readonly document: KnownDocument }[];
  readonly round: number;
  /** null: no client has come as far as to open it. */
  batchId: string | null;
  /** Sealed by its client, or refused because somebody had cancelled it. */
  end: "sealed" | "refused" | null;
  /** What was stored of it when its cancellation had been answered. */
  cancelled: { readonly states: string; readonly documents: number } | null;
  /** From the answer to a pause to the asking for its end, by the database's clock. */
  paused: { readonly from: Date; readonly to: Date } | null;
}

/** A death that the run brought about, or a document did by order. */
export interface BookedDeath {
  readonly at: number;
  readonly target: string;
  readonly what: "part" | "child" | "frozen" | "cut";
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
