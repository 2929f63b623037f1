import { z } from "zod";
import { batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";

/** How an item differs from the one of the same source in the other batch. */
export const COMPARISON_CHANGES = ["left_only", "right_only", "state", "label", "content", "text"] as const;
export type ComparisonChange = (typeof COMPARISON_CHANGES)[number];

export const comparedItemSchema = z
  .object({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    state: z.enum(EXTRACT_STATES).describe("What became of its extraction."),
    classifyState: z.enum(CLASSIFY_STATES).describe("What became of its classification."),
    category: z.string().nullable().describe("Id of the category in the taxonomy; null: no label."),
    code: z.string().nullable().describe("The error code of a failed item; null: it has not failed."),
    contentHash: hashSchema
      .nullable()
      .describe("SHA-256 of the bytes, in lower-case hexadecimal; null: they were not read to their end."),
    pages: z.int().nullable().describe("How many pages its document has; null: there is none."),
  })
  .meta({ id: "ComparedItem", description: "An item as one of two batches has it." });
export type ComparedItem = z.infer<typeof comparedItemSchema>;

export const comparisonRowSchema = z
  .object({
    line: z.literal("difference").describe("What kind of line it is."),
    uri: z
      .string()
      .describe(
        "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
      ),
    changes: z.array(z.enum(COMPARISON_CHANGES)).min(1).describe("In what the two differ."),
    left: comparedItemSchema.nullable().describe("As the first batch has it; null: it has no such item."),
    right: comparedItemSchema.nullable().describe("As the second batch has it; null: it has no such item."),
    pagesChanged: z.int().describe("How many pages have another text."),
    pages: z.array(z.int()).describe("The first hundred of these, by number."),
  })
  .meta({ id: "ComparisonRow", description: "A source whose item in one batch is not as it is in the other." });
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

const moveSchema = z.object({
  left: z.string().nullable().describe("What the first batch has; null: nothing."),
  right: z.string().nullable().describe("What the second batch has; null: nothing."),
  items: z.int().describe("How many items that is."),
});

export const comparisonSummarySchema = z
  .object({
    line: z.literal("summary").describe("What kind of line it is."),
    left: batchIdSchema.describe("The first batch."),
    right: batchIdSchema.describe("The second batch."),
    leftItems: z.int().describe("How many items the first batch has."),
    rightItems: z.int().describe("How many items the second batch has."),
    both: z.int().describe("Sources that both have."),
    equal: z.int().describe("How many of these have no difference."),
    changes: z
      .object({
        left_only: z.int().describe("The second batch has no such source."),
        right_only: z.int().describe("The first batch has no such source."),
        state: z.int().describe("What became of its extraction is another."),
        label: z.int().describe("It has another label, or one in one batch alone."),
        content: z.int().describe("Its bytes are others."),
        text: z.int().describe("Pages of it have another text."),
      } satisfies Record<ComparisonChange, z.ZodInt>)
      .describe("How many lines name each change."),
    states: z
      .array(moveSchema)
      .describe("States that became others, of sources that both have, the most frequent first."),
    labels: z.array(moveSchema).describe("Labels that became others; null: no label."),
    pagesChanged: z.int().describe("How many pages have another text, over all items."),
  })
  .meta({ id: "ComparisonSummary", description: "The last line: a comparison without it was cut off." });
export type ComparisonSummary = z.infer<typeof comparisonSummarySchema>;

export const comparisonLineSchema = z.discriminatedUnion("line", [comparisonRowSchema, comparisonSummarySchema]);
export type ComparisonLine = z.infer<typeof comparisonLineSchema>;
