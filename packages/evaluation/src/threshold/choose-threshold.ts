import { lowerBound } from "../intervals/clopper-pearson.ts";
import { fixedSteps, type ThresholdStep } from "./threshold-steps.ts";

/** A document that a teacher has judged and no model has learned from, drawn at random from those that are to be judged. */
export interface HeldOut {
  /** The model's, from 0 to 1. */
  readonly confidence: number;
  /** The model says what the teacher says. */
  readonly agrees: boolean;
}

export interface Threshold {
  /** Documents of this confidence and more take the model's label; 0: all do. */
  readonly from: number;
  /** Held-out documents of this confidence and more, and how many of them agree. */
  readonly accepted: number;
  readonly agreed: number;
}

export interface NoThreshold {
  readonly from: null;
  /** Held-out documents of full agreement that would be the least to prove it; with more than these, the model does not agree often enough. */
  readonly needed: number;
}

export interface ThresholdRequest {
  /** More than 0 and less than 1, which no sample proves. */
  readonly agreement: number;
  readonly risk?: number;
  /** Fixed before anyone looks at the held-out documents, the highest threshold first. */
  readonly steps?: readonly ThresholdStep[];
}

/**
 * The lowest of the thresholds in `steps` from which on a model agrees with its teacher on a share `agreement` of the documents like those held out, except
 * with a probability of `risk`: whatever the relation of confidence and agreement, which may fall where confidence rises. Each step is an exact binomial
 * test. Looking at many costs no risk beyond theirs, because they are tested in an order that is fixed beforehand: each with its own part of the
 * risk and, when the one before it has passed, with that one's too (the fallback procedure: Wiens, Pharmaceutical Statistics 2, 2003; for thresholds of
 * models: Angelopoulos et al., Learn then Test, 2021, section 4). RangeError for what cannot be asked.
 */
export function chooseThreshold(
  heldOut: readonly HeldOut[],
  { agreement, risk = 0.05, steps = fixedSteps() }: ThresholdRequest,
): Threshold | NoThreshold {
  checkRequest(agreement, risk, steps);
  const sorted = [...heldOut].sort((left, right) => right.confidence - left.confidence);
  let best: Threshold | null = null;
  let carried = 0;
  let accepted = 0;
  let agreed = 0;
  for (const { from, weight } of steps) {
    for (; (sorted[accepted]?.confidence ?? -1) >= from; accepted += 1)
      agreed += sorted[accepted]?.agrees === true ? 1 : 0;
    const tail = risk * weight + carried;
    const passed = tail > 0 && lowerBound(agreed, accepted, tail) >= agreement;
    carried = passed ? tail : 0;
    if (passed) best = { from, accepted, agreed };
  }
  return best ?? { from: null, needed: leastHeldOut(agreement, risk) };
}

/** Held-out documents below which nothing is proved, though the model agreed on all of them. */
export function leastHeldOut(agreement: number, risk = 0.05): number {
  return Math.ceil(Math.log(risk) / Math.log(agreement));
}

function checkRequest(agreement: number, risk: number, steps: readonly ThresholdStep[]): void {
  const share = (value: number) => value > 0 && value < 1;
  if (!share(agreement)) throw new RangeError(`an agreement of ${agreement}: it must lie between 0 and 1`);
  if (!share(risk)) throw new RangeError(`a risk of ${risk}: it must lie between 0 and 1`);
  const weights = steps.reduce((sum, { weight }) => sum + weight, 0);
  if (weights > 1 + 1e-9)
    throw new RangeError(`the steps' parts of the risk add up to ${weights}, which is more than 1`);
  if (steps.some(({ from }, index) => from >= (steps[index - 1]?.from ?? Number.POSITIVE_INFINITY)))
    throw new RangeError("the steps do not fall");
}
