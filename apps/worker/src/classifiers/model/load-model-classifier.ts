import { readFileSync } from "node:fs";
import { loadModel } from "@sluice/native/classify";
import { ModelClassifier } from "./model-classifier.ts";

/** The classifier of a model's file. Throws ModelError (MODEL_INVALID). */
export function loadModelClassifier(path: string): ModelClassifier {
  return new ModelClassifier(loadModel(readFileSync(path)));
}
