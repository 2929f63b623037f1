import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { structureDescriptions, type StructureName, structureNames } from "./structure-names.ts";

/** A category's id as stored and exported: lower case words joined by `_` or `-`. */
export const categoryIdSchema = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9]+(?:[_-][a-z0-9]+)*$/,
    "must be lower-case letters and digits joined by _ or -, such as purchase_order",
  );

const lineSchema = (max: number) => z.string().trim().min(1).max(max);

const phraseSchema = lineSchema(120);
const weightedPhrase = {
  term: phraseSchema.describe("Word or phrase; `*` at a word's end matches any ending, `#` any number."),
  weight: z.number().min(-10).max(10).describe("How much it speaks for the category; a negative one speaks against."),
};
const NO_KEYWORD = "must be a phrase, or {term, weight}";

/**
 * A word or phrase that speaks for a category. Case and diacritics do not matter; `*` at a word's end matches any ending, `#` any number. The weight defaults to 1;
 * a negative one speaks against.
 */
export const keywordSchema = z.union([phraseSchema, closedObject(weightedPhrase)], NO_KEYWORD);
const storedKeywordSchema = z.union([phraseSchema, z.object(weightedPhrase)], NO_KEYWORD);

const structureWeightSchema = z.number().min(-10).max(10);

const categoryShape = {
  id: categoryIdSchema.describe("What is stored and exported: lower-case words joined by `_` or `-`."),
  name: lineSchema(120).describe("What such documents are called."),
  description: lineSchema(4_000).describe("What they are, in a sentence or more; its words count."),
  aliases: z
    .array(lineSchema(120))
    .max(1_000)
    .optional()
    .describe(
      "What such a document calls itself, in any language: counts as a title or heading, little in running text.",
    ),
  keywords: z
    .array(keywordSchema)
    .max(4_000)
    .default([])
    .describe("Words and phrases that speak for it, or, with a negative weight, against it."),
  structure: closedObject(structureShape())
    .optional()
    .describe("Traits of the layout that speak for it, with their weights."),
  examples: z
    .array(lineSchema(8_000))
    .max(50)
    .optional()
    .describe("Short texts of such documents, for classifiers that learn from examples."),
};
export const categorySchema = closedObject(categoryShape);
const storedCategorySchema = z.object({
  ...categoryShape,
  keywords: z
    .array(storedKeywordSchema)
    .max(4_000)
    .default([])
    .describe("Words and phrases that speak for it, or, with a negative weight, against it."),
  structure: z
    .object(structureShape())
    .optional()
    .describe("Traits of the layout that speak for it, with their weights."),
});

/** As an object and not as a record: its faults and its description are then those of every other object. */
function structureShape() {
  const weights = structureNames.map((name) => [
    name,
    structureWeightSchema.optional().describe(`${structureDescriptions[name]}.`),
  ]);
  return Object.fromEntries(weights) as Record<StructureName, z.ZodOptional<typeof structureWeightSchema>>;
}

const taxonomyShape = {
  name: lineSchema(120).describe("What it is called."),
  version: z
    .union([lineSchema(40), z.number().transform(String)])
    .optional()
    .describe("Its version, as whoever keeps it counts."),
  labels: z
    .enum(["single", "multi"])
    .default("single")
    .describe("How many labels a document gets: `single` at most one, `multi` each that fits."),
  categories: z.array(categorySchema).min(1).max(500).describe("The categories."),
};

export const taxonomySchema = closedObject(taxonomyShape).superRefine(refuseDoubleIds);

/** One that a batch was opened with, perhaps at a newer coordinator: what is not known of it is dropped. */
export const storedTaxonomySchema = z.object({
  ...taxonomyShape,
  categories: z.array(storedCategorySchema).min(1).describe("The categories."),
});

function refuseDoubleIds(taxonomy: { categories: readonly { id: string }[] }, context: z.core.$RefinementCtx): void {
  const seen = new Map<string, number>();
  taxonomy.categories.forEach((category, index) => {
    const first = seen.get(category.id);
    if (first === undefined) seen.set(category.id, index);
    else
      context.addIssue({
        code: "custom",
        path: ["categories", index, "id"],
        message: `"${category.id}" is already the id of categories[${first}]; every id must be used once`,
      });
  });
}

/** The categories a batch is judged against. */
export type Taxonomy = z.infer<typeof taxonomySchema>;
export type Category = z.infer<typeof categorySchema>;
export type Keyword = z.infer<typeof keywordSchema>;
