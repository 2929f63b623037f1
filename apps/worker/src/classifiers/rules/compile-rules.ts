import type { Classification } from "@sluice/contracts";
import type { StructureName, Taxonomy } from "@sluice/contracts";
import { structureDescriptions } from "@sluice/contracts/structure-names";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import type { ClassifierInput } from "./classifier-input.ts";
import { collectTerms, type Posting } from "./collect-terms.ts";
import { shapeDocument, type DocumentShape, type Line } from "./document-shape.ts";
import { structureDetectors } from "./structure-detectors.ts";
import { TermMatcher } from "./term-matcher.ts";

/** A taxonomy made ready to judge documents. Keeps scratch memory: use one instance from one thread. */
export interface RulesClassifier {
  /** SHA-256 (hex) of the taxonomy. */
  readonly taxonomyHash: string;
  /** Labels a document, or abstains when the best label's confidence is below `minConfidence` (0–1, default 0.55). Never throws. */
  classify(input: ClassifierInput, options?: { readonly minConfidence?: number | undefined }): Classification;
}

const DEFAULT_MIN_CONFIDENCE = 0.55;
// BM25's saturation and length normalisation, for the body; the mean length is that of a one-page business document.
const K1 = 0.8;
const B = 0.75;
const MEAN_WORDS = 300;
// How many points make the odds e:1, and how many the unnamed rest of the world starts with.
const POINTS_PER_NAT = 2.5;
const BACKGROUND_POINTS = 7;
const MIN_WORDS = 4;
const MAX_TERMS = 6;
const HEAD_LINES = 6;

const enum Field {
  Title = 0,
  Head = 1,
  Heading = 2,
  Body = 3,
}
const FIELDS = 4;
const fieldNames = ["title", "first lines", "heading", "text"] as const;
// BM25F: what an occurrence counts in each field. A document's name for itself (an alias) is worth much at its head and almost nothing in running text, where other
// documents are spoken of.
const keywordField = [0.8, 1.4, 1.15, 1];
const aliasField = [0.8, 1, 0.5, 0.1];
const DESCRIPTION_FIELD = [1.2, 1.4, 1.2, 1];

/** Compiles a taxonomy: term index, weights, and the structural evidence it refers to. */
export function compileRules(taxonomy: Taxonomy): RulesClassifier {
  let hash: string | undefined;
  const { terms, postings } = collectTerms(taxonomy);
  const matcher = new TermMatcher(terms);
  const categories = taxonomy.categories;
  const structure = categories.map((category) => Object.entries(category.structure ?? {}) as [StructureName, number][]);
  const detectors = [...new Set(structure.flatMap((entries) => entries.map(([name]) => name)))];
  // A taxonomy of names and descriptions gathers fewer points than one of weighted keywords, so its background is lower.
  const keyworded = categories.filter((category) => category.keywords.length >= 8).length / categories.length;
  const background = BACKGROUND_POINTS * (0.3 + 0.7 * keyworded);
  const pointsPerNat = POINTS_PER_NAT * (0.5 + 0.5 * keyworded);

  const counts = new Float32Array(terms.length * FIELDS);
  const touched: number[] = [];

  const readLine = (text: string, field: Field, words: number): void => {
    matcher.read(text, (term, covered) => {
      const base = term * FIELDS;
      if (counts[base] === 0 && counts[base + 1] === 0 && counts[base + 2] === 0 && counts[base + 3] === 0)
        touched.push(term);
      // A heading that is little more than the term is where a document names itself.
      const asHead = field === Field.Heading && covered * 1.7 >= words ? Field.Head : field;
      (counts[base + asHead] as number) += 1;
    });
  };

  const readDocument = (document: DocumentShape): void => {
    matcher.reset();
    if (document.input.title) readLine(document.input.title, Field.Title, 99);
    let previousPage = -1;
    document.lines.forEach((line, index) => {
      if (line.opens || line.page !== previousPage) matcher.reset();
      previousPage = line.page;
      readLine(line.text, fieldOf(line, index), line.words);
    });
  };

  return {
    get taxonomyHash() {
      return (hash ??= taxonomyHash(taxonomy));
    },
    classify(input, options) {
      const document = shapeDocument(input);
      if (document.words < MIN_WORDS) return { state: "no_text", category: null, confidence: 0, terms: [] };
      readDocument(document);

      const points = new Float64Array(categories.length);
      scoreTerms(document.words, postings, counts, touched, (posting, _field, value) => {
        (points[posting.category] as number) += value;
      });
      const evidence = new Map<StructureName, number>();
      for (const name of detectors) {
        const strength = structureDetectors[name](document);
        if (strength > 0) evidence.set(name, strength);
      }
      structure.forEach((entries, category) => {
        for (const [name, weight] of entries) (points[category] as number) += weight * (evidence.get(name) ?? 0);
      });

      const { best, confidence, second, secondConfidence } = rank(points, background, pointsPerNat);
      const winner = categories[best];
      const decided: Classification["terms"] = [];
      scoreTerms(document.words, postings, counts, touched, (posting, field, value) => {
        if (posting.category === best && value > 0)
          decided.push({ term: posting.term, weight: value, where: fieldNames[field] as string });
      });
      for (const term of touched) counts.fill(0, term * FIELDS, term * FIELDS + FIELDS);
      touched.length = 0;
      if (winner === undefined || confidence === 0)
        return { state: "abstained", category: null, confidence: 0, terms: [] };
      for (const [name, weight] of structure[best] ?? []) {
        const value = weight * (evidence.get(name) ?? 0);
        if (value > 0) decided.push({ term: structureDescriptions[name], weight: value, where: "structure" });
      }
      decided.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
      const runnerUp = categories[second];
      const classified = confidence >= (options?.minConfidence ?? DEFAULT_MIN_CONFIDENCE);
      return {
        state: classified ? "classified" : "abstained",
        category: classified ? winner.id : null,
        confidence: round(confidence),
        terms: decided.slice(0, MAX_TERMS).map((item) => ({ ...item, weight: round(item.weight) })),
        // When it abstains, the label it did not dare to give is the first thing a reader asks for.
        ...(classified
          ? runnerUp &&
            secondConfidence >= 0.005 && { runnerUp: { category: runnerUp.id, confidence: round(secondConfidence) } }
          : { runnerUp: { category: winner.id, confidence: round(confidence) } }),
      };
    },
  };
}

type OnScore = (posting: Posting, field: Field, points: number) => void;

function scoreTerms(
  words: number,
  postings: readonly (readonly Posting[])[],
  counts: Float32Array,
  touched: readonly number[],
  onScore: OnScore,
): void {
  const length = Math.max(0.7, 1 - B + (B * words) / MEAN_WORDS);
  for (const term of touched) {
    const base = term * FIELDS;
    const title = counts[base] as number;
    const head = counts[base + 1] as number;
    const heading = counts[base + 2] as number;
    const body = counts[base + 3] as number;
    const field: Field = head > 0 ? Field.Head : title > 0 ? Field.Title : heading > 0 ? Field.Heading : Field.Body;
    for (const posting of postings[term] ?? []) {
      let strength: number;
      if (posting.kind === "alias") {
        strength = aliasField[field] as number;
      } else {
        const weights = posting.kind === "description" ? DESCRIPTION_FIELD : keywordField;
        // The head is short whatever the document's length, so only the rest is normalised by it.
        const frequency =
          title * (weights[0] as number) +
          head * (weights[1] as number) +
          (heading * (weights[2] as number) + body * (weights[3] as number)) / length;
        strength = (frequency * (K1 + 1)) / (frequency + K1);
      }
      onScore(posting, field, posting.weight * strength);
    }
  }
}

function rank(
  points: Float64Array,
  background: number,
  pointsPerNat: number,
): { best: number; confidence: number; second: number; secondConfidence: number } {
  let best = -1;
  let second = -1;
  points.forEach((value, index) => {
    if (best === -1 || value > (points[best] as number)) {
      second = best;
      best = index;
    } else if (second === -1 || value > (points[second] as number)) second = index;
  });
  const top = Math.max(points[best] ?? 0, background);
  let sum = Math.exp((background - top) / pointsPerNat);
  for (const value of points) sum += Math.exp((value - top) / pointsPerNat);
  const share = (index: number): number =>
    index === -1 || (points[index] as number) <= 0
      ? 0
      : Math.exp(((points[index] as number) - top) / pointsPerNat) / sum;
  return { best, confidence: share(best), second, secondConfidence: share(second) };
}

/** Which field a line belongs to: the first lines, a heading or label (short, no full stop), or the body. */
function fieldOf(line: Line, index: number): Field {
  if (line.words > 12) return Field.Body;
  if (index < HEAD_LINES && line.page === 0) return Field.Head;
  const last = line.text.charCodeAt(line.text.length - 1);
  // . , ; and their full-width and Arabic kin end sentences, not headings.
  if (last === 0x2e || last === 0x2c || last === 0x3b || last === 0x3002 || last === 0x60c || last === 0xff0c)
    return Field.Body;
  return line.words <= 9 && line.text.charCodeAt(0) !== line.text.toLowerCase().charCodeAt(0)
    ? Field.Heading
    : isCaseless(line.text) && line.words <= 9
      ? Field.Heading
      : Field.Body;
}

function isCaseless(text: string): boolean {
  return text.toLowerCase() === text.toUpperCase();
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
