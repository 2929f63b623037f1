import { z } from "zod";
import { LABEL_SOURCES, termSchema } from "./classification.ts";
import { closedObject } from "./closed-object.ts";
import { attemptIdSchema, batchIdSchema, ordinalSchema, workerIdSchema } from "./ids.ts";
import { readSettingsSchema } from "./read-settings.ts";
import { CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";

/** One source handed in: a line of `POST /v1/batches/:id/items`. */
export const itemSubmissionSchema = closedObject({
  ordinal: ordinalSchema,
  /** `file://` with every byte of the path that is not plain ASCII percent-encoded; see `fileUri`. */
  uri: z.string().min(1).max(16_384),
  sizeBytes: z.int().min(0),
  /** Changes whenever the source does: `size:mtimeNs` for files. Same uri and version = unchanged. */
  sourceVersion: z.string().max(256),
}).meta({ id: "ItemSubmission" });
export type ItemSubmission = z.infer<typeof itemSubmissionSchema>;

export const appendItemsResponseSchema = z
  .object({
    /** Items of this chunk that were new; the rest had been handed in before. */
    accepted: z.int(),
    /** Where a client that lost count goes on. */
    nextOrdinal: z.int(),
  })
  .meta({ id: "AppendItemsResponse" });
export type AppendItemsResponse = z.infer<typeof appendItemsResponseSchema>;

export const sealRequestSchema = closedObject({
  /** How many items the client has handed in: sealing fails when the server has another count. */
  items: z.int().min(0),
}).meta({ id: "SealRequest" });

/** What is known about the end of a child or worker that a document brought down. */
export const evidenceSchema = z
  .object({
    exitCode: z.int().nullable().optional(),
    signal: z.string().nullable().optional(),
    stderrTail: z.string().max(8_192).optional(),
    peakRssBytes: z.int().optional(),
    elapsedMs: z.number().optional(),
    attempts: z.int().optional(),
  })
  .meta({ id: "Evidence" });
export type Evidence = z.infer<typeof evidenceSchema>;

/** A line of `GET /v1/batches/:id/results`: one item, with its document and label where there are any. */
export const resultRowSchema = z
  .object({
    ordinal: ordinalSchema,
    uri: z.string(),
    /** The uri as people read it. */
    path: z.string().optional(),
    state: z.enum(EXTRACT_STATES),
    classifyState: z.enum(CLASSIFY_STATES),
    category: z.string().nullable(),
    confidence: z.number().nullable(),
    terms: z.array(termSchema),
    /** Who gave the label; null where there is none. A server of an earlier version leaves it out. */
    labelSource: z.enum(LABEL_SOURCES).nullable().default(null),
    /** What an LLM said of why. */
    labelReason: z.string().nullable().default(null),
    pages: z.int().nullable(),
    bytes: z.int(),
    needsOcr: z.boolean(),
    title: z.string().nullable(),
    code: z.string().nullable(),
    message: z.string().nullable(),
    contentHash: z.string().nullable(),
    /** When it got into its state. */
    updatedAt: z.string().optional(),
  })
  .meta({ id: "ResultRow" });
export type ResultRow = z.infer<typeof resultRowSchema>;

/** A page of `GET /v1/batches/:id/items`. */
export const itemPageSchema = z
  .object({
    items: z.array(resultRowSchema),
    /** The `after` of the page that follows, which may come although this one is short or empty; null behind the last one. */
    next: ordinalSchema.nullable(),
  })
  .meta({ id: "ItemPage" });
export type ItemPage = z.infer<typeof itemPageSchema>;

/** How an item failed before it was tried again. */
export const earlierFailureSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    page: z.int().nullable(),
    evidence: evidenceSchema.nullable(),
    retriedAt: z.string(),
  })
  .meta({ id: "EarlierFailure" });
export type EarlierFailure = z.infer<typeof earlierFailureSchema>;

/** A failed item with what a person needs to judge it. */
export const failureRowSchema = z
  .object({
    ordinal: ordinalSchema,
    uri: z.string(),
    code: z.string(),
    message: z.string(),
    advice: z.string(),
    page: z.int().nullable(),
    evidence: evidenceSchema.nullable(),
    attempts: z.int(),
    /** The latest first. */
    earlier: z.array(earlierFailureSchema).default([]),
  })
  .meta({ id: "FailureRow" });
export type FailureRow = z.infer<typeof failureRowSchema>;

/** One try at the shard an item was in. */
export const itemAttemptSchema = z
  .object({
    attemptId: attemptIdSchema,
    workerId: workerIdSchema,
    outcome: z.string(),
    dispatchedAt: z.string(),
    endedAt: z.string().nullable(),
    /** How many items were in the shard. */
    items: z.int(),
    /** What was wrong, when it did not end with a commit. */
    fault: z.string().nullable(),
  })
  .meta({ id: "ItemAttempt" });
export type ItemAttempt = z.infer<typeof itemAttemptSchema>;

/** One item with all that is needed to read it again as its worker did, and what became of it so far. */
export const itemDetailSchema = z
  .object({
    batchId: batchIdSchema,
    ordinal: ordinalSchema,
    uri: z.string(),
    sizeBytes: z.int(),
    sourceVersion: z.string(),
    contentHash: z.string().nullable(),
    state: z.enum(EXTRACT_STATES),
    classifyState: z.enum(CLASSIFY_STATES),
    code: z.string().nullable(),
    message: z.string().nullable(),
    page: z.int().nullable(),
    evidence: evidenceSchema.nullable(),
    attempts: z.int(),
    earlier: z.array(earlierFailureSchema),
    engineVersion: z.string(),
    settings: readSettingsSchema,
    /** The latest first, at most 100. */
    history: z.array(itemAttemptSchema),
  })
  .meta({ id: "ItemDetail" });
export type ItemDetail = z.infer<typeof itemDetailSchema>;
