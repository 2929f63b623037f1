import { type LabelScores, scoreLabels } from "@sluice/evaluation";
import { loadModel, type Model, trainModel } from "@sluice/native/classify";
import { installSklearn } from "../../engines/install-sklearn.ts";
import { SklearnClassifier } from "../../engines/sklearn-classifier.ts";
import { drawRows } from "./draw-rows.ts";
import { type LabelledText, loadMeasurementSet, MEASUREMENT_SETS } from "./measurement-sets.ts";

const WORDS_A_DOCUMENT = 500;
const MOST_DOCUMENTS = 1_000;
const SPEED_ROUNDS = 7;
const TERMS = 6;
/** Of the model whose speed is measured. */
const SPEED_ROWS_A_LABEL = 100;

export type Scores = Record<"accuracy" | "macroF1" | "calibrationError" | "trainCpuSeconds", number>;

/** One set with so many rows of each label, the mean over all seeds. */
export interface ModelAccuracy {
  set: string;
  rowsALabel: number;
  /** Rows learned from: fewer than asked for where a label has no more. */
  rows: number;
  labels: number;
  testRows: number;
  sluice: Scores & { heldOutAccuracy: number; calibrationErrorBefore: number; fileBytes: number };
  sklearn: Scores | null;
}

/** Texts of 500 words judged one after the other on one thread, by CPU time. */
export interface ModelSpeed {
  set: string;
  documents: number;
  labels: number;
  features: number;
  perSecond: { plain: number; explained: number; sklearn: number | null };
}

export interface ClassifyModelReport {
  suite: "classify-model";
  skipped: { name: string; why: string }[];
  sklearn: string | null;
  seeds: number;
  accuracy: ModelAccuracy[];
  speed: ModelSpeed[];
}

interface Peer {
  classifier: SklearnClassifier;
  version: string;
}

/**
 * How good the trained model is on known sets with few and with many labelled rows, and how quick, against scikit-learn on the same
 * rows. Each seed draws other rows.
 */
export async function benchClassifyModel(options: {
  rowsALabel: readonly number[];
  seeds: number;
  /** Other sets than the known ones, without a peer: for the test of this suite. */
  sets?: Record<string, readonly LabelledText[]>;
}): Promise<ClassifyModelReport> {
  const report: ClassifyModelReport = {
    suite: "classify-model",
    skipped: [],
    sklearn: null,
    seeds: options.seeds,
    accuracy: [],
    speed: [],
  };
  const peer = options.sets === undefined ? await startPeer(report) : null;
  using _ = peer?.classifier ?? null;
  for (const set of options.sets === undefined ? MEASUREMENT_SETS : Object.keys(options.sets)) {
    const name = MEASUREMENT_SETS.find((known) => known === set);
    const rows = options.sets?.[set] ?? (name === undefined ? [] : await loadMeasurementSet(name));
    if (typeof rows === "string") {
      report.skipped.push({ name: set, why: rows });
      continue;
    }
    report.speed.push(await measureSpeed(set, rows, peer));
    for (const rowsALabel of options.rowsALabel) {
      process.stderr.write(`${set}, ${rowsALabel} rows a label …\n`);
      report.accuracy.push(await measureAccuracy(set, rows, { rowsALabel, seeds: options.seeds }, peer));
    }
  }
  return report;
}

async function startPeer(report: ClassifyModelReport): Promise<Peer | null> {
  const installed = installSklearn();
  if ("missing" in installed) {
    report.skipped.push({ name: "scikit-learn", why: installed.missing });
    return null;
  }
  const peer = await SklearnClassifier.start(installed.python);
  report.sklearn = peer.version;
  return peer;
}

async function measureAccuracy(
  set: string,
  rows: readonly LabelledText[],
  { rowsALabel, seeds }: { rowsALabel: number; seeds: number },
  peer: Peer | null,
): Promise<ModelAccuracy> {
  const ours: ModelAccuracy["sluice"][] = [];
  const theirs: Scores[] = [];
  let drawn = drawRows(rows, { perLabel: rowsALabel, seed: 1 });
  for (let seed = 1; seed <= seeds; seed += 1) {
    drawn = drawRows(rows, { perLabel: rowsALabel, seed });
    ours.push(await judgeWithModel(drawn));
    if (peer !== null) theirs.push(await judgeWithPeer(drawn, peer));
  }
  const labels = new Set(drawn.train.map(({ category }) => category)).size;
  const { train, test } = drawn;
  const counts = { rows: train.length, labels, testRows: test.length };
  return { set, rowsALabel, ...counts, sluice: mean(ours), sklearn: theirs.length === 0 ? null : mean(theirs) };
}

type Drawn = ReturnType<typeof drawRows>;

async function judgeWithModel({ train, test }: Drawn): Promise<ModelAccuracy["sluice"]> {
  const started = cpuSeconds();
  const { bytes, header } = await trained(train);
  const trainCpuSeconds = cpuSeconds() - started;
  const model = loadModel(bytes);
  const judged = test.map(({ category, text }) => {
    const { best, confidence } = model.classify(text);
    return { expected: category, got: best, confidence };
  });
  const { accuracy, calibrationErrorBefore } = header.card;
  const extra = { heldOutAccuracy: accuracy.value, calibrationErrorBefore, fileBytes: bytes.length };
  return { ...scoresOf(scoreLabels(judged)), trainCpuSeconds, ...extra };
}

async function judgeWithPeer({ train, test }: Drawn, { classifier }: Peer): Promise<Scores> {
  const { labels, confidences, trainSeconds } = await classifier.judge(train, test);
  const judged = test.map(({ category }, row) => {
    return { expected: category, got: labels[row] ?? null, confidence: confidences[row] ?? 0 };
  });
  return { ...scoresOf(scoreLabels(judged)), trainCpuSeconds: trainSeconds };
}

async function measureSpeed(set: string, rows: readonly LabelledText[], peer: Peer | null): Promise<ModelSpeed> {
  const { train, test } = drawRows(rows, { perLabel: SPEED_ROWS_A_LABEL, seed: 1 });
  const model = loadModel((await trained(train)).bytes);
  const documents = textsOf(test);
  const utf8 = documents.map((text) => Buffer.from(text));
  const asked = documents.map((text): LabelledText => ({ part: "test", category: "", text }));
  const answer = peer === null ? null : await peer.classifier.judge(train, asked, SPEED_ROUNDS);
  return {
    set,
    documents: documents.length,
    labels: model.labels.length,
    features: model.features,
    perSecond: {
      plain: documents.length / quickest(model, utf8, 0),
      explained: documents.length / quickest(model, utf8, TERMS),
      sklearn: answer === null ? null : documents.length / answer.judgeSeconds,
    },
  };
}

/** CPU seconds of the quickest round. */
function quickest(model: Model, texts: readonly Uint8Array[], terms: number): number {
  const rounds = Array.from({ length: SPEED_ROUNDS }, () => {
    const started = cpuSeconds();
    for (const text of texts) model.classify(text, { terms });
    return cpuSeconds() - started;
  });
  return Math.min(...rounds);
}

/** Texts of 500 words each out of those that were not learned from, as they follow one another. */
function textsOf(rows: readonly LabelledText[]): string[] {
  const texts: string[] = [];
  let words: string[] = [];
  for (const { text } of rows) {
    words.push(...text.split(/\s+/));
    for (; words.length >= WORDS_A_DOCUMENT && texts.length < MOST_DOCUMENTS; words = words.slice(WORDS_A_DOCUMENT)) {
      texts.push(words.slice(0, WORDS_A_DOCUMENT).join(" "));
    }
  }
  return texts;
}

async function trained(rows: readonly LabelledText[]) {
  return await trainModel(rows.map(({ text, category }) => ({ text, labels: [category] })));
}

function scoresOf({ accuracy, macroF1, calibrationError }: LabelScores): Omit<Scores, "trainCpuSeconds"> {
  return { accuracy: accuracy.share, macroF1, calibrationError };
}

function mean<T extends Record<string, number>>(all: readonly T[]): T {
  const keys = Object.keys(all[0] ?? {});
  const of = (key: string) => all.reduce((sum, one) => sum + (one[key] ?? 0), 0) / all.length;
  // The same keys as each has.
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as T;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
