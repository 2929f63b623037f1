import type { Classification, SureLabel } from "@sluice/contracts";
import { DEFAULT_MARKS, MOST_LABELS } from "@sluice/contracts/default-marks";
import type { Judgement, Model } from "@sluice/native/classify";
import type { Classifier } from "../classifier.ts";
import type { ClassifierInput } from "../rules/index.ts";
import { modelText } from "./model-text.ts";

const MOST_TERMS = 6;
const LEAST_RUNNER_UP = 0.005;

/** Judges documents by a trained model. Its confidence is calibrated: of labels at 0.9 nine in ten were right on texts that it had not seen. */
export class ModelClassifier implements Classifier {
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** See `Classifier`. A text of which the model knows no word is abstained from. */
  classify(
    input: ClassifierInput,
    { minConfidence = DEFAULT_MARKS.model }: { readonly minConfidence?: number | undefined } = {},
  ): Classification {
    const judgement = this.#model.classify(modelText(input), { terms: MOST_TERMS });
    const source = "model" as const;
    if (judgement.ngrams === 0) return { state: "no_text", category: null, confidence: 0, terms: [], source };
    if (judgement.known === 0) return { state: "abstained", category: null, confidence: 0, terms: [], source };
    const confidence = rounded(judgement.confidence);
    const terms = judgement.terms.map(({ term, weight }) => ({ term, weight: rounded(weight), where: "text" }));
    if (judgement.confidence < minConfidence) {
      const runnerUp = { category: judgement.best, confidence };
      return { state: "abstained", category: null, confidence, terms, runnerUp, source };
    }
    const label = { state: "classified", category: judgement.best, confidence, terms, source } as const;
    if (!this.#model.header.multiLabel) return { ...label, ...runnerUpOf(judgement) };
    return { ...label, labels: this.#labelsFrom(judgement, minConfidence) };
  }

  #labelsFrom({ probabilities }: Judgement, minConfidence: number): SureLabel[] {
    return this.#model.labels
      .map((category, index) => ({ category, confidence: probabilities[index] ?? 0 }))
      .filter(({ confidence }) => confidence >= minConfidence)
      .sort((left, right) => right.confidence - left.confidence)
      .slice(0, MOST_LABELS)
      .map(({ category, confidence }) => ({ category, confidence: rounded(confidence) }));
  }
}

function runnerUpOf({ runnerUp }: Judgement): Pick<Classification, "runnerUp"> {
  if (runnerUp === null || runnerUp.confidence < LEAST_RUNNER_UP) return {};
  return { runnerUp: { category: runnerUp.label, confidence: rounded(runnerUp.confidence) } };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
