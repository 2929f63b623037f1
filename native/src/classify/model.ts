import type { Binding } from "../load-binding.ts";
import { throwRaw } from "./model-error.ts";
import { type ModelHeader, parseModelHeader } from "./model-header.ts";

/** An n-gram that spoke for a label. */
export interface Term {
  /** As it stands in the text, folded to lower case without diacritics. */
  term: string;
  /** What it adds to the logarithm of the label's odds. */
  weight: number;
}

/** What a model says of a text. */
export interface Judgement {
  /** In the order of the model's labels; they sum to 1, unless a text may have any number of labels. */
  probabilities: Float64Array;
  /** The most probable label. */
  best: string;
  confidence: number;
  runnerUp: { label: string; confidence: number } | null;
  /** What spoke for `best`, strongest first. */
  terms: Term[];
  /** Different n-grams of the text, and how many of them the model knows: with none known the rest says nothing. */
  ngrams: number;
  known: number;
}

const encoder = new TextEncoder();

/** A trained model. Keeps scratch memory: use one instance from one thread. */
export class Model {
  readonly header: ModelHeader;
  /** SHA-256 (hex) of its file. */
  readonly sha256: string;
  readonly #native: Binding.NativeModel;

  /** @throws ModelError MODEL_INVALID when the header does not fit. */
  constructor(native: Binding.NativeModel, sha256: string) {
    this.#native = native;
    this.sha256 = sha256;
    this.header = parseModelHeader(native.header, native);
  }

  get labels(): readonly string[] {
    return this.header.labels;
  }

  /** Number of n-grams that it knows. */
  get features(): number {
    return this.#native.features;
  }

  /**
   * Judges a text (as a string or in UTF-8), with up to `terms` n-grams that spoke for its label.
   * @throws ModelError NATIVE_PANIC for a defect, and for nothing else.
   */
  classify(text: string | Uint8Array, { terms: mostTerms = 0 }: { terms?: number } = {}): Judgement {
    const bytes = typeof text === "string" ? encoder.encode(text) : text;
    const { probabilities, ngrams, known, terms, error } = this.#native.judge(bytes, mostTerms);
    throwRaw(error);
    let best = 0;
    let second = -1;
    for (let index = 1; index < probabilities.length; index += 1) {
      const probability = probabilities[index] ?? 0;
      if (probability > (probabilities[best] ?? 0)) {
        second = best;
        best = index;
      } else if (second < 0 || probability > (probabilities[second] ?? 0)) second = index;
    }
    const named = (index: number) => ({ label: this.labels[index] ?? "", confidence: probabilities[index] ?? 0 });
    const { label, confidence } = named(best);
    return {
      probabilities,
      best: label,
      confidence,
      runnerUp: second < 0 ? null : named(second),
      terms,
      ngrams,
      known,
    };
  }
}
