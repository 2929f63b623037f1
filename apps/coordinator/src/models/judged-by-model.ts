import { AppError, type BatchOptions } from "@sluice/contracts";
import { BUSINESS_TAXONOMY_HASH } from "@sluice/taxonomy/business-hash";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import type { Database } from "../db/database.ts";
import { readStoredHeader } from "./read-models.ts";

/**
 * Options that name a model as far as they must: with the taxonomy that the model was trained for, where they give none. BAD_REQUEST
 * for a model without a classifier that judges by one, and the other way round; NOT_FOUND; MODEL_MISMATCH.
 */
export async function judgedByModel(
  database: Database,
  options: BatchOptions,
  visibleTo: string | null,
): Promise<BatchOptions> {
  const { classifier, model, modelConfidence, taxonomy } = options;
  const asks = classifier === "model" || classifier === "cascade";
  if (!asks) {
    if (model === null && modelConfidence === null) return options;
    throw new AppError("BAD_REQUEST", `The classifier "${classifier}" takes no model.`);
  }
  if (model === null)
    throw new AppError("BAD_REQUEST", `The classifier "${classifier}" needs a model (\`GET /v1/models\`).`);
  if ((classifier === "cascade") !== (modelConfidence !== null)) {
    throw new AppError("BAD_REQUEST", '`modelConfidence` belongs to the classifier "cascade", which needs it.');
  }
  if (classifier === "cascade" && taxonomy?.labels === "multi") {
    const why = "A cascade proves that a model gives the one label that an LLM gives; this taxonomy gives several.";
    throw new AppError("BAD_REQUEST", `${why} Judge by \`llm\` or \`model\`.`);
  }
  const header = await readStoredHeader(database, model, visibleTo);
  if (header.taxonomyHash === null) {
    throw new AppError(
      "MODEL_MISMATCH",
      "The model was trained for no taxonomy, so it is unknown what its labels mean.",
    );
  }
  if (taxonomy === null) return { ...options, taxonomy: header.taxonomy };
  const given = taxonomyHash(taxonomy);
  if (given === header.taxonomyHash) return options;
  const which = header.taxonomyHash === BUSINESS_TAXONOMY_HASH ? "the built-in one" : header.taxonomyHash.slice(0, 12);
  throw new AppError(
    "MODEL_MISMATCH",
    `The model was trained for another taxonomy (${which}) than ${given.slice(0, 12)}.`,
  );
}
