/**
 * The shard: what a coordinator hands a worker in one request, and the lines the worker streams back. A stream ends
 * with a `done` line; a stream without one is a worker that died, and nothing of it is stored. Text is no part of a line:
 * the line of an extracted item is followed by `textBytes` bytes, so that the engine's UTF-8 reaches the database unread.
 * Objects are open in both directions: in a rolling upgrade either side may say more than the other one knows.
 */
import { z } from "zod";
import { classificationSchema } from "./classification.ts";
import { DOCUMENT_ERROR_CODES, type ErrorCode } from "./errors/error-codes.ts";
import { attemptIdSchema, batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { evidenceSchema } from "./item.ts";
import { passwordsSchema } from "./passwords.ts";
import { readSettingsSchema } from "./read-settings.ts";
import { PAGE_VERDICTS } from "./states.ts";

export const shardItemSchema = z.object({
  ordinal: ordinalSchema,
  uri: z.string(),
  sizeBytes: z.int().min(0),
  /** Content hashes of stored documents of this very size: when the bytes hash to one of them, they are not read again. */
  knownHashes: z.array(hashSchema).max(64).default([]),
  /** Where an upload's bytes can be had for as long as the shard may take: a URL, or a path on any coordinator. */
  fetchUrl: z.string().optional(),
});
export type ShardItem = z.infer<typeof shardItemSchema>;

export const shardRequestSchema = z.object({
  protocol: z.int(),
  attemptId: attemptIdSchema,
  batchId: batchIdSchema,
  /** For the log alone; a coordinator of an earlier version sends none. */
  shardId: z.uuid().optional(),
  stage: z.literal("extract"),
  engineVersion: z.string(),
  ...readSettingsSchema.shape,
  /** Tried on encrypted documents after the empty one. */
  passwords: passwordsSchema,
  items: z.array(shardItemSchema).min(1).max(10_000),
});
export type ShardRequest = z.infer<typeof shardRequestSchema>;

export const pageResultSchema = z.object({
  verdict: z.enum(PAGE_VERDICTS),
  chars: z.int(),
  /** Its part of the text that follows the line, in order; null with `store: "meta"` and for a page that failed. */
  textBytes: z.int().min(0).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type PageResult = z.infer<typeof pageResultSchema>;

export const documentMetadataSchema = z.object({
  title: z.string().optional().describe("Its title."),
  author: z.string().optional().describe("Who wrote it."),
  subject: z.string().optional().describe("What it is about."),
  keywords: z.string().optional().describe("Its keywords, as one text."),
  creator: z.string().optional().describe("The program it was written with."),
  producer: z.string().optional().describe("The program that made the file."),
  createdAt: z.string().optional().describe("When it says it was written."),
  modifiedAt: z.string().optional().describe("When it says it was changed last."),
  language: z.string().optional().describe("Its language, as it names it, such as `en-GB`."),
  pdfVersion: z.string().optional().describe("Version of PDF, such as `1.7`."),
  tagged: z.boolean().optional().describe("Its structure is marked (tagged PDF)."),
  encrypted: z.boolean().optional().describe("Its bytes are encrypted."),
  pageWidthPt: z.number().optional().describe("Size of its first page with text, in points, as displayed."),
  pageHeightPt: z.number().optional().describe("Height of the same page, in points."),
  landscape: z
    .boolean()
    .optional()
    .describe("true: of the pages that a classifier looks at, all are much wider than high."),
});
export type DocumentMetadata = z.infer<typeof documentMetadataSchema>;

export const documentWarningSchema = z.object({
  code: z.string().describe("What kind of warning it is."),
  message: z.string().describe("The warning in words."),
  page: z.int().optional().describe("The page it is about, from 1; absent: the whole document."),
});

const itemBase = {
  line: z.literal("item"),
  ordinal: ordinalSchema,
  /** What was really read, which may differ from what was listed. */
  sizeBytes: z.int(),
  sourceVersion: z.string(),
  cpuMs: z.number(),
};

export const extractedItemSchema = z.object({
  ...itemBase,
  outcome: z.literal("extracted"),
  contentHash: hashSchema,
  format: z.string(),
  pageCount: z.int(),
  pages: z.array(pageResultSchema),
  needsOcr: z.boolean(),
  /** true: some pages failed (their `error` says why), the rest is there. */
  partial: z.boolean(),
  metadata: documentMetadataSchema,
  warnings: z.array(documentWarningSchema),
  classification: classificationSchema.nullable(),
  /** How much UTF-8 follows the line's newline: the texts of the pages, back to back. */
  textBytes: z.int().min(0),
});
export type ExtractedItem = z.infer<typeof extractedItemSchema>;

export const knownItemSchema = z.object({ ...itemBase, outcome: z.literal("known"), contentHash: hashSchema });
export type KnownItem = z.infer<typeof knownItemSchema>;

export const failedItemSchema = z.object({
  line: z.literal("item"),
  ordinal: ordinalSchema,
  outcome: z.literal("failed"),
  code: z.enum(DOCUMENT_ERROR_CODES as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  page: z.int().optional(),
  /** Absent when the bytes could not be read to their end. */
  contentHash: hashSchema.optional(),
  evidence: evidenceSchema.optional(),
  cpuMs: z.number(),
});
export type FailedItem = z.infer<typeof failedItemSchema>;

export const itemLineSchema = z.discriminatedUnion("outcome", [extractedItemSchema, knownItemSchema, failedItemSchema]);
export type ItemLine = z.infer<typeof itemLineSchema>;

/** Sent every second: what is being read and since when. The same document past its limit means the stream is cut. */
export const progressLineSchema = z.object({
  line: z.literal("progress"),
  done: z.int(),
  current: z.object({ ordinal: ordinalSchema, sinceMs: z.number(), pid: z.int() }).nullable(),
  /** The worker stops before the shard's end: none of it counts, and no document is to blame. The last line there is. */
  handedBack: z.literal(true).optional(),
});
export type ProgressLine = z.infer<typeof progressLineSchema>;

export const doneLineSchema = z.object({
  line: z.literal("done"),
  items: z.int(),
  cpuMs: z.number(),
  childRestarts: z.int(),
});
export type DoneLine = z.infer<typeof doneLineSchema>;

export type ShardLine = ItemLine | ProgressLine | DoneLine;
