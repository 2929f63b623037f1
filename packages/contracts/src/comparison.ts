import { z } from "zod";
import { batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";

/** How an item differs from the one of the same source in the other batch. */
export const COMPARISON_CHANGES = ["left_only", "right_only", "state", "label", "content", "text"] as const;
export type ComparisonChange = (typeof COMPARISON_CHANGES)[number];

export const comparedItemSchema = z
  .object({
    ordinal: ordinalSchema,
    state: z.enum(EXTRACT_STATES),
    classifyState: z.enum(CLASSIFY_STATES),
    category: z.string().nullable(),
    code: z.string().nullable(),
    contentHash: hashSchema.nullable(),
    pages: z.int().nullable(),
  })
  .meta({ id: "ComparedItem" });
export type ComparedItem = z.infer<typeof comparedItemSchema>;

/** A source whose item in one batch is not as it is in the other. */
export const comparisonRowSchema = z
  .object({
    line: z.literal("difference"),
    uri: z.string(),
    changes: z.array(z.enum(COMPARISON_CHANGES)).min(1),
    left: comparedItemSchema.nullable(),
    right: comparedItemSchema.nullable(),
    /** Pages whose text differs, and the first hundred of them. */
    pagesChanged: z.int(),
    pages: z.array(z.int()),
  })
  .meta({ id: "ComparisonRow" });
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

const moveSchema = z.object({ left: z.string().nullable(), right: z.string().nullable(), items: z.int() });

/** The last line: a comparison without it was cut off. */
export const comparisonSummarySchema = z
  .object({
    line: z.literal("summary"),
    left: batchIdSchema,
    right: batchIdSchema,
    leftItems: z.int(),
    rightItems: z.int(),
    /** Sources that both have. */
    both: z.int(),
    /** Of these, those without any difference. */
    equal: z.int(),
    /** How many lines name each change. */
    changes: z.object(
      Object.fromEntries(COMPARISON_CHANGES.map((change) => [change, z.int()])) as Record<ComparisonChange, z.ZodInt>,
    ),
    /** Of sources that both have, the most frequent first. */
    states: z.array(moveSchema),
    /** Labels that became others; null: no label. */
    labels: z.array(moveSchema),
    pagesChanged: z.int(),
  })
  .meta({ id: "ComparisonSummary" });
export type ComparisonSummary = z.infer<typeof comparisonSummarySchema>;

export const comparisonLineSchema = z.discriminatedUnion("line", [comparisonRowSchema, comparisonSummarySchema]);
export type ComparisonLine = z.infer<typeof comparisonLineSchema>;
