import type { NoThreshold, Threshold } from "../threshold/choose-threshold.ts";
import { leastHeldOut } from "../threshold/choose-threshold.ts";
import { type CascadeRequest, sampleSizes } from "./sample-sizes.ts";

/** Labels that a teacher was asked for; those neither given nor failed are on their way. */
export interface AskedLabels {
  readonly asked: number;
  readonly labelled: number;
  /** It gave none, and will not be asked again. */
  readonly failed: number;
}

/** How a cascade stands. */
export interface CascadeStanding {
  /** Distinct documents with a text to judge, whatever became of them. */
  readonly documents: number;
  /** More may come: the batch is open, or documents of it are still to be read. */
  readonly growing: boolean;
  readonly heldOut: AskedLabels;
  readonly training: AskedLabels;
  /** That the teacher has used in the training labels. */
  readonly trainingCategories: number;
  /** Models trained so far. */
  readonly rounds: number;
  /** Chosen once, by the last model: a second look at the same held-out documents would break the promise. */
  readonly threshold: Threshold | NoThreshold | null;
  /** Documents that neither the teacher nor the model has labelled, and that have not failed. */
  readonly waiting: number;
}

/** Why the teacher labels everything. */
export type TeacherOnly =
  /** A sample that proves anything would be most of them. */
  | { readonly reason: "too_few_documents" }
  /** It gave no label on too many: `needed` held out would be the least. */
  | { readonly reason: "too_few_labels"; readonly needed: number }
  /** There is nothing to tell apart: it used one category. */
  | { readonly reason: "one_category" }
  /** The model does not agree with it often enough, or too few are held out to show that. */
  | { readonly reason: "agreement_not_proved"; readonly needed: number };

/** What to do next. */
export type CascadeStep =
  | { readonly stage: "sampling"; readonly next: "wait_for_documents" | "wait_for_teacher" }
  /** Draw so many more of each and ask the teacher about them; in the second round those that the first model is unsure of. */
  | { readonly stage: "sampling"; readonly next: "ask"; readonly heldOut: number; readonly training: number }
  | { readonly stage: "training"; readonly next: "train"; readonly round: number }
  | { readonly stage: "training"; readonly next: "choose_threshold" }
  /** Documents of this confidence and more take the model's label, the teacher is asked about the others. */
  | { readonly stage: "serving"; readonly from: number }
  | { readonly stage: "serving"; readonly from: null; readonly because: TeacherOnly }
  | { readonly stage: "done" };

/** The second model learns what the first was unsure of. */
const ROUNDS = 2;

/**
 * The course of a cascade, as a function of how it stands: whoever asks twice, or after a crash, gets the same answer.
 *
 * sampling: all documents must be there before any is drawn, for those held out stand for all. Half of the training labels are asked for together with
 * the held-out ones; the others in a second round, when a first model says what it is unsure of.
 *
 * training: two models, and one choice of a threshold.
 *
 * serving: the model labels what it is sure enough of, the teacher everything else, or simply everything, where the sample does not support more.
 *
 * done: nothing waits.
 */
export function cascadePlan(standing: CascadeStanding, request: CascadeRequest): CascadeStep {
  const { documents, growing, heldOut, training, rounds, threshold, waiting } = standing;
  if (!growing && waiting === 0) return { stage: "done" };
  if (threshold !== null) return serve(threshold);
  if (growing) return { stage: "sampling", next: "wait_for_documents" };
  const sizes = sampleSizes(documents, request);
  if (sizes === null) return { stage: "serving", from: null, because: { reason: "too_few_documents" } };
  if (rounds >= ROUNDS) return { stage: "training", next: "choose_threshold" };
  const wanted = rounds === 0 ? Math.ceil(sizes.training / ROUNDS) : sizes.training;
  const missing = {
    heldOut: Math.max(0, sizes.heldOut - heldOut.asked),
    training: Math.max(0, wanted - training.asked),
  };
  if (missing.heldOut + missing.training > 0) return { stage: "sampling", next: "ask", ...missing };
  if (openOf(heldOut) + openOf(training) > 0) return { stage: "sampling", next: "wait_for_teacher" };
  const because = teacherOnly(standing, request);
  return because === null
    ? { stage: "training", next: "train", round: rounds + 1 }
    : { stage: "serving", from: null, because };
}

function serve(threshold: Threshold | NoThreshold): CascadeStep {
  if (threshold.from !== null) return { stage: "serving", from: threshold.from };
  const { needed } = threshold;
  return { stage: "serving", from: null, because: { reason: "agreement_not_proved", needed } };
}

function openOf({ asked, labelled, failed }: AskedLabels): number {
  return asked - labelled - failed;
}

function teacherOnly(standing: CascadeStanding, { agreement, risk }: CascadeRequest): TeacherOnly | null {
  const needed = leastHeldOut(agreement, risk);
  if (standing.heldOut.labelled < needed) return { reason: "too_few_labels", needed };
  return standing.trainingCategories < 2 ? { reason: "one_category" } : null;
}
