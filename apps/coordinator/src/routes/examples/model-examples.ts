import type { ModelRow } from "@sluice/contracts";
import { AT, HASH } from "./example-names.ts";

const figure = { value: 0.94, low: 0.92, high: 0.95 };

const model: ModelRow = {
  model: HASH,
  name: "letters and invoices",
  bytes: 1_048_576,
  taxonomyHash: HASH,
  labels: ["invoice"],
  card: {
    createdFrom: "labels.csv",
    rows: 800,
    seed: 1,
    classes: [{ label: "invoice", rows: 400, precision: 0.95, recall: 0.93, f1: 0.94 }],
    accuracy: figure,
    macroF1: figure,
    calibrationError: { value: 0.03, low: 0.02, high: 0.05 },
    calibrationErrorBefore: 0.11,
  },
  createdAt: AT,
};

/** What is answered about trained models, by the schema's name. */
export const modelExamples = {
  ModelRow: model,
  ModelList: { models: [model] },
};
