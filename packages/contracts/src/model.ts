import { z } from "zod";
import { AppError } from "./errors/app-error.ts";
import { hashSchema } from "./ids.ts";
import { storedTaxonomySchema } from "./taxonomy.ts";
import { timeSchema } from "./time.ts";

const boundedSchema = z.object({
  value: z.number().describe("The figure."),
  low: z.number().describe("Its lower bound, with 95 % confidence."),
  high: z.number().describe("Its upper bound."),
});

export const modelCardSchema = z
  .object({
    createdFrom: z
      .string()
      .nullable()
      .describe("Where its labels came from, in the words of who trained it; null: not said."),
    rows: z.int().describe("Labelled texts that it was trained on."),
    seed: z.int().describe("What its folds followed from."),
    classes: z
      .array(
        z.object({
          label: z.string().describe("Id of the category."),
          rows: z.int().describe("Texts that had it."),
          precision: z.number().describe("Of held-out texts that were given it, the share that had it."),
          recall: z.number().describe("Of held-out texts that had it, the share that were given it."),
          f1: z.number().describe("Their harmonic mean."),
        }),
      )
      .describe("By category, on texts that were held out in turn."),
    accuracy: boundedSchema.describe("Share of held-out texts whose label is right."),
    macroF1: boundedSchema.describe("Mean F1 of the categories."),
    calibrationError: boundedSchema.describe("Mean distance of confidence and accuracy."),
    calibrationErrorBefore: z.number().describe("The same without calibration."),
  })
  .meta({
    id: "ModelCard",
    description: "What a model was trained on, and how good it was on texts that it had not seen.",
  });
export type ModelCard = z.infer<typeof modelCardSchema>;

/** What stands in the file of a model before its numbers, as JSON. */
export const modelHeaderSchema = z.object({
  /** Ids of categories, in the order in which the model numbers them. */
  labels: z.array(z.string()).min(1).max(4_096),
  multiLabel: z.boolean(),
  taxonomyHash: hashSchema.nullable(),
  /** null: the built-in one, or one that nobody gave. */
  taxonomy: storedTaxonomySchema.nullable().default(null),
  card: modelCardSchema,
});
export type ModelHeader = z.infer<typeof modelHeaderSchema>;

export const modelRowSchema = z
  .object({
    model: hashSchema.describe("SHA-256 of its file, by which batches name it."),
    name: z.string().nullable().describe("What its owner calls it; null: nothing."),
    bytes: z.int().describe("Size of its file."),
    taxonomyHash: hashSchema.nullable().describe("The taxonomy that it was trained for; null: none."),
    labels: z.array(z.string()).describe("Ids of the categories that it tells apart."),
    card: modelCardSchema.describe("What it was trained on, and how good it was."),
    createdAt: timeSchema.describe("When it was sent, ISO 8601."),
  })
  .meta({ id: "ModelRow", description: "A trained model that the server has." });
export type ModelRow = z.infer<typeof modelRowSchema>;

export const modelListSchema = z
  .object({ models: z.array(modelRowSchema).describe("The newest first.") })
  .meta({ id: "ModelList", description: "Models that the caller may use." });
export type ModelList = z.infer<typeof modelListSchema>;

/** Beyond any that can be trained. */
export const MOST_MODEL_BYTES = 64 << 20;

// As `native/crates/classify_core/src/model/file.rs` writes it: magic, six numbers, the length of the header, the header.
const MAGIC = "SLMODEL\n";
const LENGTH_AT = 32;
const HEADER_AT = 36;

/** What a model's file says of itself. MODEL_INVALID for anything that is no such file; whether its numbers are sound is for who loads it. */
export function readModelHeader(file: Uint8Array): ModelHeader {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const text = new TextDecoder("utf-8", { fatal: true });
  try {
    if (file.byteLength < HEADER_AT || text.decode(file.subarray(0, 8)) !== MAGIC)
      throw new Error("another kind of file");
    const length = view.getUint32(LENGTH_AT, true);
    if (HEADER_AT + length > file.byteLength) throw new Error("it is cut");
    return modelHeaderSchema.parse(JSON.parse(text.decode(file.subarray(HEADER_AT, HEADER_AT + length))));
  } catch (error) {
    throw new AppError("MODEL_INVALID", "This is not the file of a model of this version.", { cause: error });
  }
}
