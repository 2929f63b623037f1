/** A threshold that is tested, and its part of the risk: 0 for those that are tested only when the one before them has passed. */
export interface ThresholdStep {
  /** Documents of this confidence and more take the model's label; 0: all do. */
  readonly from: number;
  /** From 0 to 1; over all steps they add up to 1. */
  readonly weight: number;
}

/** Where parts of the risk lie, in numbers of documents that full agreement takes: later ones stand a disagreement or two. */
const STARTS = [1.15, 1.6, 2.5, 4, 8];
/** Held-out documents for each part, in numbers that full agreement takes at the whole risk: of few, parts would prove nothing. */
const LEAST_A_START = 2;
/** Of all documents, from one step to the next. */
const SHARE_STEP = 0.02;

/**
 * Confidences from .99 to 0, a hundredth apart, with a fifth of the risk at .98, .9, .75, .5 and 0: for when nothing is known of the
 * confidences that a model gives.
 */
export function fixedSteps(): ThresholdStep[] {
  const starts = [98, 90, 75, 50, 0];
  return Array.from({ length: 100 }, (_, index) => {
    const hundredths = 99 - index;
    return { from: hundredths / 100, weight: starts.includes(hundredths) ? 1 / starts.length : 0 };
  });
}

/**
 * Steps that each let 2 % more of the documents through, by the confidences of documents that are NOT held out: the sequence must not come
 * from those it is tested on. They need no teacher's label, so all that wait will do. `heldOut` is how many are held out; parts of the risk lie where
 * that many can prove an agreement of `agreement`.
 */
export function stepsByShare(
  confidences: readonly number[],
  { heldOut, agreement, risk = 0.05 }: { heldOut: number; agreement: number; risk?: number },
): ThresholdStep[] {
  const sorted = [...confidences].sort((left, right) => right - left);
  const shares = new Map<number, number>();
  for (let step = 1; step * SHARE_STEP < 1; step += 1) {
    const from = sorted[Math.ceil(step * SHARE_STEP * sorted.length) - 1];
    // Of equal confidences the largest share is what the threshold lets through.
    if (from !== undefined && from > 0) shares.set(from, step * SHARE_STEP);
  }
  shares.set(0, 1);
  const steps = [...shares].map(([from, share]) => ({ from, share }));
  const parts = Math.max(1, Math.floor((heldOut * Math.log(agreement)) / (LEAST_A_START * Math.log(risk))));
  const factors = STARTS.slice(0, parts);
  const needed = Math.log(risk / factors.length) / Math.log(agreement);
  const starts = factors
    .map((factor) => steps.findIndex(({ share }) => share * heldOut >= factor * needed))
    .map((index) => (index === -1 ? steps.length - 1 : index));
  return steps.map(({ from }, index) => ({
    from,
    weight: starts.filter((start) => start === index).length / starts.length,
  }));
}
