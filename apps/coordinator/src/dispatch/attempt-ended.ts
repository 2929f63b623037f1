import type { AttemptOutcome } from "../db/queries/close-attempt.ts";

/** Facts about the end of an attempt, kept with it. */
export interface AttemptDetail {
  fault?: string;
  status?: number;
  /** What the worker was reading when it was last heard of. */
  ordinal?: number | null;
  lines?: number;
}

export type UncommittedOutcome = Exclude<AttemptOutcome, "committed" | "coordinator_lost">;

/** An attempt that ends without a commit, and why. */
export class AttemptEnded extends Error {
  override readonly name = "AttemptEnded";
  readonly outcome: UncommittedOutcome;
  readonly detail: AttemptDetail;

  constructor(outcome: UncommittedOutcome, detail: AttemptDetail = {}) {
    super(`The attempt ended: ${outcome}${detail.fault === undefined ? "" : ` (${detail.fault})`}.`);
    this.outcome = outcome;
    this.detail = detail;
  }
}
