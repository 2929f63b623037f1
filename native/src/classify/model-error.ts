import type { Binding } from "../load-binding.ts";

/** Every code that a model can fail with. */
export const MODEL_ERROR_CODES = [
  "MODEL_INVALID",
  "LABELS_INVALID",
  "TRAINING_LIMIT",
  "CANCELLED",
  "NATIVE_PANIC",
] as const;

export type ModelErrorCode = (typeof MODEL_ERROR_CODES)[number];

/** A model that cannot be had. The message says what happened and what to do next. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, message: string) {
    super(message);
    this.name = "ModelError";
    this.code = code;
  }
}

/** Throws what the binding gave as a value. A code that is not in the closed set is a defect of the binding. */
export function throwRaw(raw: Binding.RawError | undefined): asserts raw is undefined {
  if (raw === undefined || raw === null) return;
  throw new ModelError(MODEL_ERROR_CODES.find((code) => code === raw.code) ?? "NATIVE_PANIC", raw.message);
}
