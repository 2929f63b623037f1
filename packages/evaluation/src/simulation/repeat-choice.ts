import { chooseThreshold, type HeldOut } from "../threshold/choose-threshold.ts";
import { fixedSteps, stepsByShare } from "../threshold/threshold-steps.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimulatedModel } from "./simulated-models.ts";

export interface ChoiceRepetition {
  readonly agreement: number;
  readonly heldOut: number;
  /** Documents whose confidences set the steps; 0: fixed ones. */
  readonly others: number;
  readonly repetitions: number;
  readonly seed: number;
}

export interface RepeatedChoice {
  /** A threshold was found. */
  readonly chosen: number;
  /** The model's true agreement from that threshold on is less than what was asked. */
  readonly broken: number;
  /** Of all documents, those that take the model's label, in the mean over all repetitions. */
  readonly coverage: number;
}

/** Chooses thresholds for a model that is known wholly, each time from other documents, and counts how often the promise is not kept. */
export function repeatChoice(model: SimulatedModel, request: ChoiceRepetition): RepeatedChoice {
  const { agreement, heldOut, others, repetitions, seed } = request;
  const truth = new TrueAgreement(model);
  let chosen = 0;
  let broken = 0;
  let coverage = 0;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const next = seededRandom(Math.imul(seed * 100_003 + repetition, 0x9e3779b1));
    const confidences = Array.from({ length: others }, () => model.confidenceAt(next()));
    const steps = others === 0 ? fixedSteps() : stepsByShare(confidences, { heldOut, agreement });
    const drawn = Array.from({ length: heldOut }, (): HeldOut => {
      const confidence = model.confidenceAt(next());
      return { confidence, agrees: next() < model.agreementAt(confidence) };
    });
    const { from } = chooseThreshold(drawn, { agreement, steps });
    if (from === null) continue;
    const above = truth.from(from);
    chosen += 1;
    coverage += above.share / repetitions;
    if (above.agreement < agreement - 1e-9) broken += 1;
  }
  return { chosen, broken, coverage };
}

const POINTS = 10_000;

/** Of all documents from a confidence on: their share, and how often the model agrees on them. */
class TrueAgreement {
  readonly #points: { confidence: number; agreement: number }[];

  constructor(model: SimulatedModel) {
    this.#points = Array.from({ length: POINTS }, (_, point) => {
      const confidence = model.confidenceAt((point + 0.5) / POINTS);
      return { confidence, agreement: model.agreementAt(confidence) };
    });
  }

  from(threshold: number): { share: number; agreement: number } {
    let sum = 0;
    let count = 0;
    for (const { confidence, agreement } of this.#points) {
      if (confidence < threshold) continue;
      sum += agreement;
      count += 1;
    }
    // A threshold above all points lies in the last of their intervals.
    if (count === 0) return { share: 0, agreement: this.#points.at(-1)?.agreement ?? 0 };
    return { share: count / POINTS, agreement: sum / count };
  }
}
