import { z } from "zod";
import { batchIdSchema, ordinalSchema } from "./ids.ts";

/** Cells of a matrix that are told at most; taxonomies of hundreds of categories have more, with an item or two in each. */
export const MOST_LABEL_MOVES = 10_000;
/** Documents whose label changed, in one answer. */
export const MOST_CHANGED_LABELS = 1_000_000;

export const labelMoveSchema = z
  .object({
    left: z
      .string()
      .nullable()
      .describe(
        "The first batch's label, or labels as `a;b`, in the order of their ids; null: it has judged them and given none.",
      ),
    right: z
      .string()
      .nullable()
      .describe("The second batch's label, or labels; null: it has judged them and given none."),
    items: z.int().describe("How many sources that is."),
  })
  .meta({ id: "LabelMove", description: "What a label of the first batch became in the second; it may have stayed." });
export type LabelMove = z.infer<typeof labelMoveSchema>;

export const labelMatrixSchema = z
  .object({
    line: z.literal("labels").describe("What kind of line it is."),
    left: batchIdSchema.describe("The first batch."),
    right: batchIdSchema.describe("The second batch."),
    both: z.int().describe("Sources that both batches have judged."),
    same: z.int().describe("How many of these have the same label in both, or none in both."),
    moves: z.array(labelMoveSchema).max(MOST_LABEL_MOVES).describe("What became what, the most frequent first."),
    movesHidden: z.int().describe("How many rarer moves are not among them."),
    changed: z.int().describe("How many lines before it name a change."),
    more: z.boolean().describe("Whether there are more changes than were asked for."),
  })
  .meta({
    id: "LabelMatrix",
    description: "The last line of a comparison of labels: how many of each became which. One without it was cut off.",
  });
export type LabelMatrix = z.infer<typeof labelMatrixSchema>;

const judgedItemSchema = z
  .object({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    category: z
      .string()
      .nullable()
      .describe("Id of the category in the taxonomy, or several as `a;b`; null: no label."),
    confidence: z
      .number()
      .nullable()
      .describe("How sure the classifier was, from 0 to 1; null: there was nothing to judge."),
  })
  .meta({ id: "JudgedItem", description: "An item as one of two batches has judged it." });

export const changedLabelSchema = z
  .object({
    line: z.literal("changed").describe("What kind of line it is."),
    uri: z.string().describe("The source, as both batches have it."),
    left: judgedItemSchema.describe("As the first batch has it."),
    right: judgedItemSchema.describe("As the second batch has it."),
  })
  .meta({ id: "ChangedLabel", description: "A source whose label is another." });
export type ChangedLabel = z.infer<typeof changedLabelSchema>;

export const labelComparisonLineSchema = z.discriminatedUnion("line", [changedLabelSchema, labelMatrixSchema]);
export type LabelComparisonLine = z.infer<typeof labelComparisonLineSchema>;
