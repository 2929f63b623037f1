import type { Classification, SureLabel } from "@sluice/contracts";
import { DEFAULT_MARKS, MOST_LABELS } from "@sluice/contracts/default-marks";
import { structureDescriptions, structureNames, type StructureName } from "@sluice/contracts/structure-names";
import type { ClassifierInput } from "./classifier-input.ts";
import { DocumentShape } from "./document-shape.ts";
import { Field, fieldNames, FIELDS, type FieldNumber } from "./field.ts";
import { PostingKind, type RuleTables } from "./rule-tables.ts";
import { structureDetectors } from "./structure-detectors.ts";
import { TermCounts } from "./term-counts.ts";

// BM25's saturation and length normalisation, for the body; the mean length is that of a one-page business document.
const K1 = 0.8;
const B = 0.75;
const MEAN_WORDS = 300;
const MIN_WORDS = 4;
// Fewer say nothing about chance.
const MIN_OTHERS = 3;
const MAX_TERMS = 6;
const LEAST_RUNNER_UP = 0.005;

// How a posting packs its category and kind.
const CATEGORY_BITS = 0xffff;
const KIND_SHIFT = 16;

// BM25F: what an occurrence counts in each field. A document's name for itself (an alias) is worth much at its head and almost nothing in running text, where other
// documents are spoken of.
const keywordFields = [0.8, 1.4, 1.15, 1] as const;
const descriptionFields = [1.2, 1.4, 1.2, 1] as const;
const aliasFields = [0.8, 1, 0.5, 0.1] as const;

interface Ranking {
  readonly best: number;
  readonly confidence: number;
  readonly second: number;
  readonly secondConfidence: number;
}

type Term = Classification["terms"][number];

/** Judges documents by a compiled taxonomy. Keeps scratch memory: use one instance from one thread. */
export class RulesClassifier {
  readonly #tables: RuleTables;
  /** Weights of the postings: the same bytes, every second number. */
  readonly #weights: Float32Array;
  readonly #terms: TermCounts;
  readonly #shape: DocumentShape;
  readonly #detectors: readonly StructureName[];
  /** The document's length by which the body is normalised; the head is short whatever the length. */
  #length = 1;
  readonly #points: Float64Array;
  /** How sure each is by itself, where a document may have several. */
  readonly #shares: Float64Array;
  readonly #evidence: Float64Array;

  constructor(tables: RuleTables) {
    this.#tables = tables;
    const { buffer, byteOffset, length } = tables.postings;
    this.#weights = new Float32Array(buffer, byteOffset, length);
    this.#terms = new TermCounts(tables);
    this.#shape = new DocumentShape(tables, this.#terms);
    this.#detectors = Array.from(tables.detectors, (index) => structureNames[index] as StructureName);
    this.#points = new Float64Array(tables.meta.categories.length);
    this.#shares = new Float64Array(tables.meta.categories.length);
    this.#evidence = new Float64Array(this.#detectors.length);
  }

  /** SHA-256 (hex) of the taxonomy. */
  get taxonomyHash(): string {
    return this.#tables.meta.taxonomyHash;
  }

  /** Labels a document, or abstains when the best label's confidence is below `minConfidence` (0–1, default 0.65). Never throws. */
  classify(input: ClassifierInput, options?: { readonly minConfidence?: number | undefined }): Classification {
    this.#shape.read(input);
    if (this.#shape.words < MIN_WORDS) return { state: "no_text", category: null, confidence: 0, terms: [] };
    this.#length = Math.max(0.7, 1 - B + (B * this.#shape.words) / MEAN_WORDS);
    this.#points.fill(0);
    this.#scoreTerms();
    this.#scoreStructure();
    const { categories, multiLabel = false } = this.#tables.meta;
    const { best, confidence, second, secondConfidence } = multiLabel ? this.#rankEach() : this.#rank();
    if (confidence === 0) return { state: "abstained", category: null, confidence: 0, terms: [] };
    const winner = categories[best] as string;
    const mark = options?.minConfidence ?? DEFAULT_MARKS.rules;
    const isSure = confidence >= mark;
    const answer = { confidence: round(confidence), terms: this.#explain(best) };
    // When it abstains, the label it did not dare to give is the first thing a reader asks for.
    if (!isSure)
      return {
        state: "abstained",
        category: null,
        ...answer,
        runnerUp: { category: winner, confidence: round(confidence) },
      };
    if (multiLabel) return { state: "classified", category: winner, ...answer, labels: this.#labelsFrom(mark) };
    const runnerUp = categories[second];
    return runnerUp === undefined || secondConfidence < LEAST_RUNNER_UP
      ? { state: "classified", category: winner, ...answer }
      : {
          state: "classified",
          category: winner,
          ...answer,
          runnerUp: { category: runnerUp, confidence: round(secondConfidence) },
        };
  }

  #scoreTerms(): void {
    const { postingFrom, postings } = this.#tables;
    const { touched, touchedCount } = this.#terms;
    const points = this.#points;
    const weights = this.#weights;
    for (let index = 0; index < touchedCount; index++) {
      const node = touched[index] as number;
      const end = postingFrom[node + 1] as number;
      for (let posting = postingFrom[node] as number; posting < end; posting++) {
        const kind = postings[posting * 2 + 1] as number;
        const category = kind & CATEGORY_BITS;
        points[category] =
          (points[category] as number) + (weights[posting * 2] as number) * this.#strength(node, kind >> KIND_SHIFT);
      }
    }
  }

  #scoreStructure(): void {
    const { structureWeights } = this.#tables;
    const points = this.#points;
    for (let index = 0; index < this.#detectors.length; index++) {
      const found = structureDetectors[this.#detectors[index] as StructureName](this.#shape);
      this.#evidence[index] = found;
      if (found === 0) continue;
      const base = index * points.length;
      for (let category = 0; category < points.length; category++)
        points[category] = (points[category] as number) + (structureWeights[base + category] as number) * found;
    }
  }

  /** How strongly a term's occurrences speak, before its weight. */
  #strength(node: number, kind: number): number {
    const { counts } = this.#terms;
    if (kind === PostingKind.Alias) return aliasFields[this.#fieldOf(node)];
    const fields = kind === PostingKind.Description ? descriptionFields : keywordFields;
    const base = node * FIELDS;
    const frequency =
      (counts[base] as number) * fields[0] +
      (counts[base + 1] as number) * fields[1] +
      ((counts[base + 2] as number) * fields[2] + (counts[base + 3] as number) * fields[3]) / this.#length;
    return (frequency * (K1 + 1)) / (frequency + K1);
  }

  /** The most telling place a term stands in. */
  #fieldOf(node: number): FieldNumber {
    const { counts } = this.#terms;
    const base = node * FIELDS;
    if (counts[base + Field.Head] !== 0) return Field.Head;
    if (counts[base + Field.Title] !== 0) return Field.Title;
    return counts[base + Field.Heading] === 0 ? Field.Body : Field.Heading;
  }

  #rank(): Ranking {
    const points = this.#points;
    const { background: floor, byChance, pointsPerNat } = this.#tables.meta;
    let best = 0;
    let second = -1;
    for (let index = 1; index < points.length; index++) {
      const value = points[index] as number;
      if (value > (points[best] as number)) {
        second = best;
        best = index;
      } else if (second === -1 || value > (points[second] as number)) second = index;
    }
    // What a category gathers that the document is not about, anything may gather: long texts and lists of words touch terms of all of them.
    const background = floor + byChance * this.#meanOfOthers(best, second);
    const top = Math.max(points[best] ?? 0, background);
    let sum = Math.exp((background - top) / pointsPerNat);
    for (const value of points) sum += Math.exp((value - top) / pointsPerNat);
    const share = (index: number): number => {
      const value = points[index] ?? 0;
      return value <= 0 ? 0 : Math.exp((value - top) / pointsPerNat) / sum;
    };
    return { best, confidence: share(best), second, secondConfidence: share(second) };
  }

  /** Where a document may have several labels each is held against the rest of the world alone; its share is in `#shares`. */
  #rankEach(): Ranking {
    const shares = this.#shares;
    const { background: floor, byChance, pointsPerNat } = this.#tables.meta;
    const background = floor + byChance * this.#meanOfLowerHalf();
    let best = 0;
    for (let index = 0; index < shares.length; index++) {
      const value = this.#points[index] as number;
      shares[index] = value <= 0 ? 0 : 1 / (1 + Math.exp((background - value) / pointsPerNat));
      if ((shares[index] as number) > (shares[best] as number)) best = index;
    }
    return { best, confidence: shares[best] ?? 0, second: -1, secondConfidence: 0 };
  }

  /** Several may be in question, so that a mean of all others would hold some of them against each other. */
  #meanOfLowerHalf(): number {
    const lower = this.#points.toSorted().subarray(0, this.#points.length >> 1);
    if (lower.length < MIN_OTHERS) return 0;
    return lower.reduce((sum, value) => sum + Math.max(0, value), 0) / lower.length;
  }

  #labelsFrom(mark: number): SureLabel[] {
    return this.#tables.meta.categories
      .map((category, index) => ({ category, confidence: this.#shares[index] ?? 0 }))
      .filter(({ confidence }) => confidence >= mark)
      .sort((left, right) => right.confidence - left.confidence)
      .slice(0, MOST_LABELS)
      .map(({ category, confidence }) => ({ category, confidence: round(confidence) }));
  }

  /** The mean points of the categories that are neither of two; 0 where hardly any are left to judge by. */
  #meanOfOthers(best: number, second: number): number {
    const points = this.#points;
    const others = points.length - 2;
    if (others < MIN_OTHERS) return 0;
    let sum = 0;
    for (let index = 0; index < points.length; index++)
      if (index !== best && index !== second) sum += Math.max(0, points[index] as number);
    return sum / others;
  }

  /** The terms and structures that spoke for a category, strongest first. */
  #explain(category: number): Term[] {
    const { postingFrom, postings, postingText, texts, structureWeights } = this.#tables;
    const weights = this.#weights;
    const { touched, touchedCount } = this.#terms;
    const top = new Strongest(MAX_TERMS);
    for (let index = 0; index < touchedCount; index++) {
      const node = touched[index] as number;
      const end = postingFrom[node + 1] as number;
      for (let posting = postingFrom[node] as number; posting < end; posting++) {
        const kind = postings[posting * 2 + 1] as number;
        if ((kind & CATEGORY_BITS) === category)
          top.offer((weights[posting * 2] as number) * this.#strength(node, kind >> KIND_SHIFT), posting, node);
      }
    }
    for (let index = 0; index < this.#detectors.length; index++) {
      const weight = structureWeights[index * this.#points.length + category] as number;
      top.offer(weight * (this.#evidence[index] as number), index, -1);
    }
    return top.list().map(({ weight, at, node }) => {
      const name = this.#detectors[at] as StructureName;
      if (node === -1) return { term: structureDescriptions[name], weight: round(weight), where: "structure" };
      const bytes = texts.subarray(postingText[at], postingText[at + 1]);
      return { term: Buffer.from(bytes).toString(), weight: round(weight), where: fieldNames[this.#fieldOf(node)] };
    });
  }
}

interface Reason {
  weight: number;
  at: number;
  node: number;
}

/** The strongest few of many reasons, in order. */
class Strongest {
  readonly #reasons: Reason[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(weight: number, at: number, node: number): void {
    const reasons = this.#reasons;
    if (weight <= 0 || (reasons.length === this.#limit && weight <= (reasons[this.#limit - 1] as Reason).weight))
      return;
    let place = reasons.length;
    while (place > 0 && (reasons[place - 1] as Reason).weight < weight) place--;
    reasons.splice(place, 0, { weight, at, node });
    if (reasons.length > this.#limit) reasons.pop();
  }

  list(): readonly Reason[] {
    return this.#reasons;
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
