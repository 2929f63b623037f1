import { z } from "zod";
import { LABEL_SOURCES, labelOriginalSchema, runnerUpSchema, sureLabelSchema, termSchema } from "./classification.ts";
import { closedObject } from "./closed-object.ts";
import { attemptIdSchema, batchIdSchema, ordinalSchema, workerIdSchema } from "./ids.ts";
import { readSettingsSchema } from "./read-settings.ts";
import { CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";
import { timeSchema } from "./time.ts";

export const itemSubmissionSchema = closedObject({
  ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
  uri: z
    .string()
    .min(1)
    .max(16_384)
    .describe(
      "The source, such as `file:///data/a%20b.pdf`: in paths, every byte that is not plain ASCII is percent-encoded.",
    ),
  sizeBytes: z.int().min(0).describe("How many bytes the source has, as far as its listing says."),
  sourceVersion: z
    .string()
    .max(256)
    .describe(
      "Changes whenever the source does: `size:mtimeNs` for files. The same uri and version is the same source, unchanged.",
    ),
}).meta({ id: "ItemSubmission", description: "One source handed in: a line of `POST /v1/batches/:id/items`." });
export type ItemSubmission = z.infer<typeof itemSubmissionSchema>;

export const appendItemsResponseSchema = z
  .object({
    accepted: z.int().describe("Items of this chunk that were new; the rest had been handed in before."),
    nextOrdinal: z.int().describe("Where a client that lost count goes on."),
  })
  .meta({ id: "AppendItemsResponse", description: "What became of a chunk of items." });
export type AppendItemsResponse = z.infer<typeof appendItemsResponseSchema>;

export const sealRequestSchema = closedObject({
  items: z
    .int()
    .min(0)
    .describe("How many items the client has handed in: sealing fails when the server has another count."),
}).meta({ id: "SealRequest", description: "The end of a submission." });

export const evidenceSchema = z
  .object({
    exitCode: z.int().nullable().optional().describe("Exit code of the process; null: a signal ended it."),
    signal: z
      .string()
      .nullable()
      .optional()
      .describe("The signal that ended it, such as `SIGKILL`; null: it ended by itself."),
    stderrTail: z.string().max(8_192).optional().describe("The last it wrote to stderr."),
    peakRssBytes: z.int().optional().describe("The most memory it was seen with, in bytes."),
    elapsedMs: z.number().optional().describe("How long it had been at the document, in milliseconds."),
    attempts: z.int().optional().describe("Tries that ended this way."),
  })
  .meta({
    id: "Evidence",
    description: "What is known about the end of a child or worker that a document brought down.",
  });
export type Evidence = z.infer<typeof evidenceSchema>;

export const resultRowSchema = z
  .object({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    uri: z
      .string()
      .describe(
        "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
      ),
    path: z.string().optional().describe("The uri as people read it."),
    state: z.enum(EXTRACT_STATES).describe("What became of its extraction."),
    classifyState: z
      .enum(CLASSIFY_STATES)
      .describe("What became of its classification; `none`: no label was asked for."),
    category: z
      .string()
      .nullable()
      .describe("Id of the category in the taxonomy, of several the surest; null: no label."),
    labels: z
      .array(sureLabelSchema)
      .default([])
      .describe("All labels, the surest first: one, or several where the taxonomy gives them; empty: no label."),
    confidence: z.number().nullable().describe("How sure the classifier is, from 0 to 1; null: nothing was judged."),
    terms: z.array(termSchema).describe("What spoke for the label, the weightiest first."),
    runnerUp: runnerUpSchema
      .nullable()
      .default(null)
      .describe("The category that came second; without a label the one that was withheld; null: there was none."),
    labelSource: z
      .enum(LABEL_SOURCES)
      .nullable()
      .default(null)
      .describe("Who gave the label; null where there is none."),
    labelOriginal: labelOriginalSchema
      .nullable()
      .default(null)
      .describe("Where `labelSource` is `near_duplicate`, whose label it is; else null."),
    labelReason: z.string().nullable().default(null).describe("What an LLM said of why; null: no LLM has judged it."),
    pages: z.int().nullable().describe("How many pages the document has; null: there is no document."),
    bytes: z.int().describe("How many bytes the source has."),
    needsOcr: z.boolean().describe("Some of its pages are images of text, which OCR would have to read."),
    title: z.string().nullable().describe("The document's title, from its metadata; null: it says none."),
    code: z.string().nullable().describe("The error code of a failed item; null: it has not failed."),
    message: z.string().nullable().describe("What happened to a failed item; null: it has not failed."),
    contentHash: z
      .string()
      .nullable()
      .describe("SHA-256 of the bytes, in lower-case hexadecimal; null: they were not read to their end."),
    updatedAt: timeSchema.optional().describe("When it got into its state; an ISO 8601 time in UTC."),
  })
  .meta({
    id: "ResultRow",
    description: "A line of `GET /v1/batches/:id/results`: one item, with its document and label where there are any.",
  });
export type ResultRow = z.infer<typeof resultRowSchema>;

/** The ids of all labels of a row, the surest first; servers of before there were several say one. */
export function categoriesOf({ labels, category }: Pick<ResultRow, "labels" | "category">): string[] {
  return labels.length > 0 || category === null ? labels.map((label) => label.category) : [category];
}

export const itemPageSchema = z
  .object({
    items: z.array(resultRowSchema).describe("The items, by ordinal."),
    next: ordinalSchema
      .nullable()
      .describe(
        "The `after` of the page that follows, which may come although this one is short or empty; null behind the last one.",
      ),
  })
  .meta({ id: "ItemPage", description: "A page of `GET /v1/batches/:id/items`." });
export type ItemPage = z.infer<typeof itemPageSchema>;

export const earlierFailureSchema = z
  .object({
    code: z.string().describe("Which error, out of a closed list."),
    message: z.string().describe("What happened, to what, in words."),
    page: z.int().nullable().describe("The page at fault, from 1; null: no single one."),
    evidence: evidenceSchema
      .nullable()
      .describe("What is known about the death of the process that read it; null: none died."),
    retriedAt: timeSchema.describe("When it was tried again; an ISO 8601 time in UTC."),
  })
  .meta({ id: "EarlierFailure", description: "How an item failed before it was tried again." });
export type EarlierFailure = z.infer<typeof earlierFailureSchema>;

export const failureRowSchema = z
  .object({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    uri: z
      .string()
      .describe(
        "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
      ),
    code: z.string().describe("Which error, out of a closed list."),
    message: z.string().describe("What happened, to what, in words."),
    advice: z.string().describe("The next step for whoever reads it."),
    page: z.int().nullable().describe("The page at fault, from 1; null: no single one."),
    evidence: evidenceSchema
      .nullable()
      .describe("What is known about the death of the process that read it; null: none died."),
    attempts: z.int().describe("How often it has been tried."),
    earlier: z
      .array(earlierFailureSchema)
      .default([])
      .describe("How it had failed before it was tried again, the latest first."),
  })
  .meta({ id: "FailureRow", description: "A failed item with what a person needs to judge it." });
export type FailureRow = z.infer<typeof failureRowSchema>;

export const itemAttemptSchema = z
  .object({
    attemptId: attemptIdSchema.describe("The attempt."),
    workerId: workerIdSchema.describe("The worker that was handed the shard."),
    outcome: z
      .string()
      .describe(
        "`running`, `committed`, or how it ended otherwise, such as `worker_lost`, `cut`, `busy`, `fenced` or `cancelled`.",
      ),
    dispatchedAt: timeSchema.describe("When the shard was handed out; an ISO 8601 time in UTC."),
    endedAt: timeSchema.nullable().describe("When it ended, an ISO 8601 time; null: it is running."),
    items: z.int().describe("How many items were in the shard."),
    fault: z.string().nullable().describe("What was wrong, when it did not end with a commit; null: nothing."),
  })
  .meta({ id: "ItemAttempt", description: "One try at the shard an item was in." });
export type ItemAttempt = z.infer<typeof itemAttemptSchema>;

export const itemDetailSchema = z
  .object({
    batchId: batchIdSchema.describe("The batch."),
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    uri: z
      .string()
      .describe(
        "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
      ),
    sizeBytes: z.int().describe("How many bytes it has."),
    sourceVersion: z
      .string()
      .describe("Changes whenever the source does. The same uri and version is the same source, unchanged."),
    contentHash: z
      .string()
      .nullable()
      .describe("SHA-256 of the bytes, in lower-case hexadecimal; null: they were not read to their end."),
    state: z.enum(EXTRACT_STATES).describe("How its extraction stands."),
    classifyState: z.enum(CLASSIFY_STATES).describe("How its classification stands; `none`: no label was asked for."),
    code: z.string().nullable().describe("The error code of a failed item; null: it has not failed."),
    message: z.string().nullable().describe("What happened to a failed item; null: it has not failed."),
    page: z.int().nullable().describe("The page at fault, from 1; null: no single one."),
    evidence: evidenceSchema
      .nullable()
      .describe("What is known about the death of the process that read it; null: none died."),
    attempts: z.int().describe("How often it has been tried."),
    earlier: z.array(earlierFailureSchema).describe("How it had failed before it was tried again, the latest first."),
    engineVersion: z.string().describe("Version of the engine that reads the documents."),
    settings: readSettingsSchema.describe("How the batch has its documents read and judged."),
    history: z.array(itemAttemptSchema).describe("The tries at the shards it was in, the latest first, at most 100."),
  })
  .meta({
    id: "ItemDetail",
    description: "One item with all that is needed to read it again as its worker did, and what became of it so far.",
  });
export type ItemDetail = z.infer<typeof itemDetailSchema>;
