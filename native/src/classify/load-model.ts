import { createHash } from "node:crypto";
import { loadBinding } from "../load-binding.ts";
import { Model } from "./model.ts";
import { ModelError, throwRaw } from "./model-error.ts";

const binding = loadBinding();

/**
 * The model of a file.
 * @throws ModelError MODEL_INVALID for what is not one of this version, whole.
 */
export function loadModel(bytes: Uint8Array): Model {
  const { model, error } = binding.loadModel(bytes);
  throwRaw(error);
  if (model === undefined) throw new ModelError("NATIVE_PANIC", "The binding gave neither a model nor an error.");
  return new Model(model, createHash("sha256").update(bytes).digest("hex"));
}
