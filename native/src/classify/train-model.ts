import { createHash } from "node:crypto";
import { type Binding, loadBinding } from "../load-binding.ts";
import { ModelError, throwRaw } from "./model-error.ts";
import type { Figure, ModelHeader, TrainingCard } from "./model-header.ts";

const binding = loadBinding();

/** A text, as a string or in UTF-8, with its labels: one, or with `multiLabel` any number. */
export interface LabelledText {
  text: string | Uint8Array;
  labels: readonly string[];
}

export interface TrainOptions {
  /** A text may have any number of labels, none too. */
  multiLabel?: boolean;
  /** SHA-256 (hex) of the taxonomy that the labels are of. */
  taxonomyHash?: string;
  /** The taxonomy itself, to be kept in the file; nobody here looks into it. */
  taxonomy?: object;
  /** Where the rows came from, for the training card. */
  createdFrom?: string;
  /** What the dealing of rows into folds follows from: the same rows and seed give the same file. */
  seed?: number;
  /** The model knows at most so many n-grams (default 262,144); its file takes 12 bytes and one for each label of each. */
  maxFeatures?: number;
  signal?: AbortSignal;
}

export interface TrainedModel {
  /** The file of the model. */
  bytes: Uint8Array;
  /** Its name: SHA-256 (hex) of the file. */
  sha256: string;
  header: ModelHeader;
  /** By row, what a model said of it that was trained without it; null for rows of labels that were left out. */
  heldOut: ({ label: string; confidence: number } | null)[];
  /** Labels with too few rows to be learned, and so not among those of the model. */
  leftOut: { label: string; rows: number }[];
}

/** Fewer rows of a label cannot be both learned from and held out. */
const FEWEST_ROWS = 2;
/** Rows that are read without a turn of the event loop: some ten milliseconds. */
const ROWS_A_TURN = 200;

const encoder = new TextEncoder();

/**
 * Trains a model on a thread of the pool, a second for some thousand texts of ten labels.
 * @throws ModelError LABELS_INVALID, TRAINING_LIMIT; the signal's reason when it is aborted.
 */
export async function trainModel(
  rows: readonly LabelledText[],
  { multiLabel = false, taxonomyHash, taxonomy, createdFrom, seed = 1, maxFeatures, signal }: TrainOptions = {},
): Promise<TrainedModel> {
  const { labels, leftOut } = chooseLabels(rows);
  const classOf = new Map(labels.map((label, index) => [label, index]));
  const trainer = new binding.NativeTrainer({
    classes: labels.length,
    multi: multiLabel,
    seed,
    ...(maxFeatures === undefined ? {} : { maxFeatures }),
  });
  const kept: number[] = [];
  for (const [row, { text, labels: given }] of rows.entries()) {
    if (row % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    const classes = given.flatMap((label) => classOf.get(label) ?? []);
    if (classes.length < given.length && !multiLabel) continue;
    throwRaw(trainer.add(typeof text === "string" ? encoder.encode(text) : text, classes) ?? undefined);
    kept.push(row);
  }
  const cancel = (): void => trainer.cancel();
  signal?.addEventListener("abort", cancel);
  try {
    const trained = await trainer.train();
    signal?.throwIfAborted();
    throwRaw(trained.error);
    const { model, report, best, confidence } = trained;
    if (model === undefined || report === undefined || best === undefined || confidence === undefined) {
      throw new ModelError("NATIVE_PANIC", "The binding gave neither a model nor an error.");
    }
    const card = { createdFrom: createdFrom ?? null, rows: kept.length, seed, ...scores(report, labels) };
    const header: ModelHeader = {
      labels,
      multiLabel,
      taxonomyHash: taxonomyHash ?? null,
      taxonomy: taxonomy ?? null,
      card,
    };
    const bytes = model.toBytes(JSON.stringify(header));
    const heldOut: TrainedModel["heldOut"] = rows.map(() => null);
    for (const [index, row] of kept.entries()) {
      heldOut[row] = { label: labels[best[index] ?? 0] ?? "", confidence: confidence[index] ?? 0 };
    }
    return { bytes, sha256: createHash("sha256").update(bytes).digest("hex"), header, heldOut, leftOut };
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** In byte order, whatever the order of the rows. */
function chooseLabels(rows: readonly LabelledText[]): { labels: string[]; leftOut: TrainedModel["leftOut"] } {
  const counts = new Map<string, number>();
  for (const { labels } of rows) {
    for (const label of new Set(labels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const all = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    labels: all.filter(([, count]) => count >= FEWEST_ROWS).map(([label]) => label),
    leftOut: all.filter(([, count]) => count < FEWEST_ROWS).map(([label, count]) => ({ label, rows: count })),
  };
}

const NUMBERS_A_CLASS = 4;

function scores(
  report: Binding.RawReport,
  labels: readonly string[],
): Omit<TrainingCard, "createdFrom" | "rows" | "seed"> {
  const classes = labels.map((label, index) => {
    const [rows = 0, precision = 0, recall = 0, f1 = 0] = report.classes.subarray(index * NUMBERS_A_CLASS);
    return { label, rows, precision, recall, f1 };
  });
  return {
    classes,
    accuracy: figure(report.accuracy),
    macroF1: figure(report.macroF1),
    calibrationError: figure(report.calibrationError),
    calibrationErrorBefore: report.calibrationErrorBefore,
  };
}

function figure([value = 0, low = 0, high = 0]: readonly number[]): Figure {
  return { value, low, high };
}
