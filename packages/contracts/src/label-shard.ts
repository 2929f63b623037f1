/**
 * The label shard: documents whose text is stored, handed to a worker to be judged (`POST /v1/label-shards`), and the lines
 * it streams back as NDJSON, in any order: `item` for each, `progress` each second, a last `done`. A stream without one counts
 * for nothing.
 */
import { z } from "zod";
import { classificationSchema } from "./classification.ts";
import { DOCUMENT_ERROR_CODES, type ErrorCode } from "./errors/error-codes.ts";
import { attemptIdSchema, batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { llmCallSchema } from "./llm-call.ts";
import { classifySettingsSchema } from "./read-settings.ts";
import { PAGE_VERDICTS } from "./states.ts";

/** What of a stored document a classifier judges: its first pages with text and its last one. */
export const labelItemSchema = z.object({
  ordinal: ordinalSchema,
  contentHash: hashSchema,
  title: z.string().optional(),
  /** Of the whole document. */
  pageCount: z.int().min(0),
  /** Empty: no page has text. The worker cuts them as it would when it extracts. */
  pages: z.array(
    z.object({
      pageNo: z.int().min(1),
      text: z.string(),
      verdict: z.enum(PAGE_VERDICTS),
      widthPt: z.number(),
      heightPt: z.number(),
    }),
  ),
});
export type LabelItem = z.infer<typeof labelItemSchema>;

export const labelShardRequestSchema = z.object({
  protocol: z.int(),
  attemptId: attemptIdSchema,
  batchId: batchIdSchema,
  shardId: z.uuid(),
  /** As the worker announced it; one that has another by now refuses with ENGINE_MISMATCH. */
  classifierVersion: z.string(),
  classify: classifySettingsSchema,
  items: z.array(labelItemSchema).min(1).max(256),
});
export type LabelShardRequest = z.infer<typeof labelShardRequestSchema>;

const itemBase = {
  line: z.literal("item"),
  ordinal: ordinalSchema,
  /** Calls made for it, those that came to nothing too. */
  calls: z.array(llmCallSchema).max(16).default([]),
};

export const labelItemLineSchema = z.discriminatedUnion("outcome", [
  z.object({ ...itemBase, outcome: z.literal("labelled"), classification: classificationSchema }),
  z.object({
    ...itemBase,
    outcome: z.literal("failed"),
    code: z.enum(DOCUMENT_ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
    message: z.string().max(2_000),
  }),
  /** What judges did not serve: nothing is known of the document, and it is to come again later. */
  z.object({ ...itemBase, outcome: z.literal("put_off"), code: z.string(), message: z.string().max(2_000) }),
]);
export type LabelItemLine = z.infer<typeof labelItemLineSchema>;

export const labelProgressLineSchema = z.object({
  line: z.literal("progress"),
  done: z.int(),
  /** As in a shard's: the worker stops before the end, and none of it counts. */
  handedBack: z.literal(true).optional(),
});
export type LabelProgressLine = z.infer<typeof labelProgressLineSchema>;

export const labelDoneLineSchema = z.object({ line: z.literal("done"), items: z.int(), cpuMs: z.number() });
export type LabelDoneLine = z.infer<typeof labelDoneLineSchema>;

export const labelLineSchema = z.union([labelItemLineSchema, labelProgressLineSchema, labelDoneLineSchema]);
export type LabelLine = z.infer<typeof labelLineSchema>;
