import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type JudgedDocument, type LabelScores, scoreLabels } from "@sluice/evaluation";
import { businessDocuments, SEED } from "../../dataset/business-documents/business-documents.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { type Judgement, judgeTexts, likeliest, type TextToJudge } from "./judge-texts.ts";
import { loadMeasurementSet, type MeasurementSet } from "./measurement-sets.ts";

/** How well the rules label one set of documents. */
export interface RulesScores {
  readonly set: string;
  readonly documents: number;
  readonly categories: number;
  /** With the label of each document whatever its confidence. */
  readonly unheld: LabelScores;
  /** With what is above the default mark only. */
  readonly held: LabelScores;
  readonly documentsPerCpuSecond: number;
}

export interface FalseLabels {
  readonly texts: string;
  readonly documents: number;
  /** How many got a label, and which ones most often. */
  readonly labelled: number;
  readonly labels: readonly (readonly [category: string, count: number])[];
}

export interface ClassifyRulesReport {
  readonly suite: "classify-rules";
  readonly seed: number;
  readonly sets: readonly RulesScores[];
  readonly hostile: readonly FalseLabels[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
}

interface LabelledInput extends TextToJudge {
  readonly category: string;
}

const TAXONOMIES = join(import.meta.dir, "../../dataset/taxonomies");
const sets = [
  { set: "bbc", name: "BBC news", taxonomy: "bbc-news.yaml" },
  { set: "r8", name: "Reuters R8", taxonomy: "reuters-r8.yaml" },
  { set: "newsgroups", name: "20 newsgroups", taxonomy: "newsgroups.yaml" },
] as const satisfies { set: MeasurementSet; name: string; taxonomy: string }[];

/**
 * The rules by taxonomies of names and descriptions on the test parts of public sets, by the built-in one on business documents, and on texts that are none.
 * @param corpus the folder of the corpus, or null
 * @param repeats passes over each set; the quickest counts
 */
export async function benchClassifyRules(options: {
  corpus: string | null;
  repeats: number;
}): Promise<ClassifyRulesReport> {
  const { corpus, repeats } = options;
  const scores: RulesScores[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const { set, name, taxonomy } of sets) {
    const rows = await loadMeasurementSet(set);
    if (typeof rows === "string") skipped.push({ name, why: rows });
    else {
      const inputs = rows
        .filter(({ part }) => part === "test")
        .map(({ category, text }) => ({ category: category.replaceAll(".", "-"), pages: [text] }));
      scores.push(await score(name, inputs, join(TAXONOMIES, taxonomy), repeats));
    }
  }
  if (corpus === null) skipped.push({ name: "business corpus", why: "SLUICE_CORPUS names no corpus" });
  else scores.push(await score("business corpus, 14 languages", corpusDocuments(corpus), null, repeats));
  for (const part of ["practice", "test"] as const) {
    const documents = businessDocuments(part);
    for (const language of new Set(documents.map((document) => document.language))) {
      const mine = documents.filter((document) => document.language === language);
      scores.push(await score(`made documents, ${language}, ${part} wordings`, mine, null, repeats));
    }
  }
  const { groups, missing } = await hostileTexts(corpus);
  const hostile: FalseLabels[] = [];
  for (const { name, texts } of groups) {
    const { answers } = await judgeTexts(
      texts.map((text) => ({ pages: [text] })),
      null,
    );
    hostile.push({ texts: name, documents: texts.length, ...countLabels(answers) });
  }
  return { suite: "classify-rules", seed: SEED, sets: scores, hostile, skipped: [...skipped, ...missing] };
}

async function score(
  set: string,
  inputs: readonly LabelledInput[],
  taxonomyFile: string | null,
  repeats: number,
): Promise<RulesScores> {
  const texts = inputs.map(({ pages, landscape = false }) => ({ pages, landscape }));
  const judgements: Judgement[] = [];
  for (let round = 0; round < repeats; round++) judgements.push(await judgeTexts(texts, taxonomyFile));
  const answers = judgements[0]?.answers ?? [];
  const judged = (held: boolean) =>
    inputs.flatMap(({ category: expected }, index): JudgedDocument[] => {
      const answer = answers[index];
      if (answer === undefined) return [];
      return [{ expected, got: held ? answer.category : likeliest(answer), confidence: answer.confidence }];
    });
  return {
    set,
    documents: inputs.length,
    categories: new Set(inputs.map(({ category }) => category)).size,
    unheld: scoreLabels(judged(false)),
    held: scoreLabels(judged(true)),
    documentsPerCpuSecond: inputs.length / Math.min(...judgements.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

function corpusDocuments(corpus: string): LabelledInput[] {
  const folder = join(corpus, "business");
  const rows = readFileSync(join(folder, "labels.tsv"), "utf8").trim().split("\n").slice(1);
  return rows.map((row) => {
    const [name = "", category = ""] = row.split("\t");
    return { category, pages: [readFileSync(join(folder, `${name}.txt`), "utf8")] };
  });
}

function countLabels(answers: Judgement["answers"]): Pick<FalseLabels, "labelled" | "labels"> {
  const counts = new Map<string, number>();
  for (const { category } of answers) if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1);
  const labels = [...counts].sort(([, left], [, right]) => right - left);
  return { labelled: labels.reduce((sum, [, count]) => sum + count, 0), labels };
}
