/**
 * The label shard: documents whose text is stored, handed to a worker to be judged (`POST /v1/label-shards`), and the lines
 * it streams back as NDJSON: `item`, `progress` each second, a last `done`. A stream without one counts for nothing.
 */
import { z } from "zod";
import { classificationSchema } from "./classification.ts";
import { DOCUMENT_ERROR_CODES, type ErrorCode } from "./errors/error-codes.ts";
import { attemptIdSchema, batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { llmCallSchema } from "./llm-call.ts";
import { classifySettingsSchema } from "./read-settings.ts";
import { doneLineSchema, progressLineSchema } from "./shard.ts";
import { PAGE_VERDICTS } from "./states.ts";

/** What of a stored document a classifier judges: its first pages and its last, cut as an extractor would. */
export const labelItemSchema = z.object({
  ordinal: ordinalSchema,
  contentHash: hashSchema,
  title: z.string().optional(),
  /** Of the whole document. */
  pageCount: z.int().min(0),
  pages: z.array(z.object({ text: z.string(), verdict: z.enum(PAGE_VERDICTS) })),
});
export type LabelItem = z.infer<typeof labelItemSchema>;

export const labelShardRequestSchema = z.object({
  protocol: z.int(),
  attemptId: attemptIdSchema,
  batchId: batchIdSchema,
  shardId: z.uuid(),
  /** As the worker announced it: it answers ENGINE_MISMATCH when it has another one now. */
  classifierVersion: z.string(),
  classify: classifySettingsSchema,
  items: z.array(labelItemSchema).min(1).max(256),
});
export type LabelShardRequest = z.infer<typeof labelShardRequestSchema>;

const itemBase = {
  line: z.literal("item"),
  ordinal: ordinalSchema,
  contentHash: hashSchema,
  /** Calls made for it, the ones that came to nothing too. */
  calls: z.array(llmCallSchema).max(16).default([]),
};

export const labelItemLineSchema = z.discriminatedUnion("outcome", [
  z.object({ ...itemBase, outcome: z.literal("labelled"), classification: classificationSchema }),
  z.object({
    ...itemBase,
    outcome: z.literal("failed"),
    code: z.enum(DOCUMENT_ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
  }),
  /** The server did not serve: nothing is known of the document, and it is to come again later. */
  z.object({ ...itemBase, outcome: z.literal("put_off"), code: z.string(), message: z.string() }),
]);
export type LabelItemLine = z.input<typeof labelItemLineSchema>;

export const labelLineSchema = z.union([labelItemLineSchema, progressLineSchema, doneLineSchema]);
