import { join } from "node:path";
import { clopperPearson, type Interval, seededRandom } from "@sluice/evaluation";
import { loadModel, trainModel } from "@sluice/native/classify";
import { judgeTexts, likeliest } from "./judge-texts.ts";
import { loadMeasurementSet, type MeasurementSet } from "./measurement-sets.ts";
import { type CascadeDocument, type CascadeOutcome, type Judge, runCascade } from "./run-cascade.ts";

/** Cascades over draws from one set, each with a seed of its own. */
export interface CascadeRow {
  readonly set: string;
  readonly documents: number;
  readonly categories: number;
  readonly agreement: number;
  /** The share of documents for which the teacher says another label, at random. */
  readonly teacherErrs: number;
  readonly repetitions: number;
  /** Repetitions in which a threshold was found. */
  readonly found: number;
  /** Repetitions in which the documents that the model served agree on less than what was asked. */
  readonly under: number;
  /** 95 % bounds of their share. */
  readonly bounds: Interval;
  /** In the mean: of all documents, those that the teacher was asked about; and of those served, those that agree. */
  readonly calls: number;
  readonly sample: number;
  readonly agreed: number;
}

/** What a cascade could do if the threshold were known: agreement by the share of documents that the teacher is asked about. */
export interface CascadeCurve {
  readonly set: string;
  readonly points: readonly { readonly calls: number; readonly agreement: number }[];
}

export interface CascadeReport {
  readonly suite: "classify-cascade";
  readonly rows: readonly CascadeRow[];
  readonly curves: readonly CascadeCurve[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

interface Asked {
  readonly agreement: number;
  readonly teacherErrs: number;
}

// What a model of each set can prove at all; the curve says what lies beyond.
const SETS = [
  {
    set: "bbc",
    name: "BBC news",
    taxonomy: "bbc-news.yaml",
    asked: [
      { agreement: 0.97, teacherErrs: 0 },
      { agreement: 0.9, teacherErrs: 0 },
      { agreement: 0.9, teacherErrs: 0.03 },
    ],
  },
  {
    set: "newsgroups",
    name: "20 newsgroups",
    taxonomy: "newsgroups.yaml",
    asked: [{ agreement: 0.9, teacherErrs: 0 }],
  },
] as const satisfies { set: MeasurementSet; name: string; taxonomy: string; asked: readonly Asked[] }[];
/** Drawn anew for each repetition where a set has more. */
const MOST_DOCUMENTS = 6_000;
/** As an extractor bounds what it judges. */
const MAX_CHARS = 16_384;
/** Shares of documents that the model labels. */
const CURVE = Array.from({ length: 20 }, (_, step) => (step + 1) / 20);

/**
 * Cascades with the teacher's labels being those of the public sets, so that true agreement is known.
 * @param repetitions for each agreement that is asked for, of each set
 */
export async function benchCascade({ repetitions }: { repetitions: number }): Promise<CascadeReport> {
  const rows: CascadeRow[] = [];
  const curves: CascadeCurve[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const { set, name, taxonomy, asked } of SETS) {
    const documents = await loadDocuments(set, taxonomy);
    if (typeof documents === "string") {
      skipped.push({ name, why: documents });
      continue;
    }
    const categories = [...new Set(documents.map(({ label }) => label))].sort();
    for (const { agreement, teacherErrs } of asked) {
      const outcomes: CascadeOutcome[] = [];
      for (let seed = 1; seed <= repetitions; seed += 1) {
        const drawn = draw(documents, categories, { seed, teacherErrs });
        outcomes.push(await runCascade(drawn, train, { agreement, categories: categories.length, seed }));
      }
      rows.push({
        set: name,
        categories: categories.length,
        agreement,
        teacherErrs,
        ...summarise(outcomes, agreement),
      });
      if (agreement === asked[0].agreement) curves.push({ set: name, points: curveOf(outcomes) });
    }
  }
  return { suite: "classify-cascade", rows, curves, skipped };
}

async function train(rows: readonly { text: string; label: string }[], seed: number): Promise<Judge> {
  const labelled = rows.map(({ text, label }) => ({ text, labels: [label] }));
  const model = loadModel((await trainModel(labelled, { seed })).bytes);
  return (text) => {
    const { best, confidence } = model.classify(text);
    return { label: best, confidence };
  };
}

async function loadDocuments(set: MeasurementSet, taxonomy: string): Promise<CascadeDocument[] | string> {
  const rows = await loadMeasurementSet(set);
  if (typeof rows === "string") return rows;
  // Copies would be in the sample and among those that are served.
  const distinct = [...new Map(rows.map((row) => [row.text, row])).values()];
  const texts = distinct.map(({ text }) => text.slice(0, MAX_CHARS));
  const file = join(import.meta.dir, "../../dataset/taxonomies", taxonomy);
  const { answers } = await judgeTexts(
    texts.map((text) => ({ pages: [text] })),
    file,
  );
  return distinct.map(({ category }, index) => {
    const answer = answers[index];
    const guess = answer === undefined ? null : likeliest(answer);
    return { id: `${set}-${index}`, text: texts[index] ?? "", label: category, guess };
  });
}

/** The documents of one repetition, as their teacher labels them. */
function draw(
  documents: readonly CascadeDocument[],
  categories: readonly string[],
  { seed, teacherErrs }: { seed: number; teacherErrs: number },
): CascadeDocument[] {
  const next = seededRandom(seed * 7_919);
  const shuffled = documents.map((document) => ({ document, at: next() })).sort((left, right) => left.at - right.at);
  return shuffled.slice(0, MOST_DOCUMENTS).map(({ document }) => {
    if (next() >= teacherErrs) return document;
    const others = categories.filter((category) => category !== document.label);
    return { ...document, label: others[Math.floor(next() * others.length)] ?? document.label };
  });
}

function summarise(outcomes: readonly CascadeOutcome[], asked: number) {
  const served = outcomes.filter((outcome) => outcome.served > 0);
  const under = served.filter(({ served: count, agreed }) => agreed / count < asked).length;
  const mean = (of: readonly CascadeOutcome[], value: (outcome: CascadeOutcome) => number) =>
    of.length === 0 ? 0 : of.reduce((sum, outcome) => sum + value(outcome), 0) / of.length;
  return {
    documents: outcomes[0]?.documents ?? 0,
    repetitions: outcomes.length,
    found: outcomes.filter(({ threshold }) => threshold !== null).length,
    under,
    bounds: clopperPearson(under, outcomes.length),
    calls: mean(outcomes, ({ calls, documents }) => calls / documents),
    sample: mean(outcomes, ({ sample, documents }) => sample / documents),
    agreed: mean(served, (outcome) => outcome.agreed / outcome.served),
  };
}

function curveOf(outcomes: readonly CascadeOutcome[]): CascadeCurve["points"] {
  return CURVE.map((share) => {
    const points = outcomes.map(({ ranked, documents }) => {
      const taken = ranked.slice(0, Math.round(share * ranked.length));
      const agreed = taken.filter(({ agrees }) => agrees).length;
      return { calls: 1 - taken.length / documents, agreement: agreed / Math.max(1, taken.length) };
    });
    const mean = (value: "calls" | "agreement") => points.reduce((sum, point) => sum + point[value], 0) / points.length;
    return { calls: mean("calls"), agreement: mean("agreement") };
  });
}
