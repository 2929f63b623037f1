import { z } from "zod";
import { classifierSchema, judgeSchema } from "./classification.ts";
import { closedObject } from "./closed-object.ts";
import { ERROR_CODES } from "./errors/error-codes.ts";
import { batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { passwordsSchema } from "./passwords.ts";
import { MAX_SOURCES, sourceFilterSchema, sourceListingSchema } from "./source-listing.ts";
import { BATCH_STATES, type ClassifyState, type ExtractState } from "./states.ts";
import { storedTaxonomySchema, taxonomySchema } from "./taxonomy.ts";
import { timeSchema } from "./time.ts";

export const PRIORITIES = ["interactive", "normal", "bulk"] as const;
export const prioritySchema = z.enum(PRIORITIES);
export type Priority = z.infer<typeof prioritySchema>;

/** Documents that a worker is handed at a time at most, and that are stored in one transaction. */
export const MOST_COMMIT_DOCUMENTS = 256;

/** Far more than the slots of any fleet. */
export const MOST_CONCURRENT = 100_000;

/** The options of a batch as it was opened with, perhaps by a newer coordinator. */
export const storedOptionsSchema = z.object({
  classifier: classifierSchema.default("rules").describe("What gives the labels; `none`: no label is asked for."),
  taxonomy: storedTaxonomySchema
    .nullable()
    .default(null)
    .describe("null: the built-in taxonomy of business documents."),
  minConfidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe("Labels below this confidence are withheld (`abstained`). null: the classifier's own mark."),
  model: hashSchema
    .nullable()
    .default(null)
    .describe(
      "The trained model that judges, by the SHA-256 of its file (`GET /v1/models`); with `model` and `cascade` only.",
    ),
  modelConfidence: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe(
      "With `cascade` only: from this confidence on, from 0 to 1, the label is the model's; the rest is the LLM's.",
    ),
  nearDuplicates: z
    .boolean()
    .default(true)
    .describe(
      "Where an LLM judges: a document whose text is almost that of one that it has judged gets the same label, and it is not asked. false: it is asked about each.",
    ),
  store: z
    .enum(["full", "meta"])
    .default("full")
    .describe("`meta` keeps verdicts, metadata and labels, but no page text."),
  deduplicate: z
    .boolean()
    .default(true)
    .describe("false: bytes known already are read again, and every copy is a result of its own."),
  force: z
    .boolean()
    .default(false)
    .describe("true: sources that have not changed since an earlier batch are read again."),
  priority: prioritySchema
    .default("normal")
    .describe("Whose documents go first where slots are few: `interactive` before `normal` before `bulk`."),
  commitDocuments: z
    .int()
    .min(1)
    .max(MOST_COMMIT_DOCUMENTS)
    .default(MOST_COMMIT_DOCUMENTS)
    .describe("Documents stored in one transaction at most: fewer make results come sooner, and cost more each."),
  maxConcurrent: z
    .int()
    .min(1)
    .max(MOST_CONCURRENT)
    .nullable()
    .default(null)
    .describe("Documents in work at a time at most, over the whole fleet; null: as many as there are slots."),
  maxPages: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(100_000)
    .describe("Pages of a document at most; one with more fails with `PAGE_LIMIT`."),
  maxTextBytes: z
    .int()
    .min(1)
    .max(1 << 30)
    .default(256 << 20)
    .describe("Text of a document at most, in bytes of UTF-8; one with more fails with `TEXT_LIMIT`."),
  maxDocumentBytes: z
    .int()
    .min(1)
    .default(2 ** 31)
    .describe("Size of a document at most, in bytes; one with more fails."),
  documentTimeoutMs: z
    .int()
    .min(10)
    .max(3_600_000)
    .default(60_000)
    .describe("Time that one document may take in its extractor, in milliseconds."),
  documentMemoryMb: z
    .int()
    .min(64)
    .max(65_536)
    .default(2_048)
    .describe("Memory that one extractor may use while it reads one document, in MiB."),
});

/** The same as an answer. */
export const openedOptionsSchema = storedOptionsSchema.meta({
  id: "OpenedOptions",
  description: "What a batch was opened with, every default filled in.",
});

export const batchOptionsSchema = closedObject({
  ...storedOptionsSchema.shape,
  taxonomy: taxonomySchema
    .nullable()
    .default(null)
    .describe("The categories; null: the built-in taxonomy of business documents."),
}).meta({
  id: "BatchOptions",
  description: "What a batch asks for. Frozen when the batch opens: a change of mind is another batch.",
});
export type BatchOptions = z.infer<typeof batchOptionsSchema>;
export type BatchOptionsInput = z.input<typeof batchOptionsSchema>;

export const openBatchRequestSchema = closedObject({
  name: z.string().max(500).optional().describe("What people call the batch; need not be unique."),
  options: batchOptionsSchema.prefault({}).describe("How its documents are read and judged. Frozen once it is open."),
  submissionKey: z
    .string()
    .max(200)
    .optional()
    .describe("Names what is being submitted (the roots and the options), for `supersede`."),
  supersede: z
    .boolean()
    .default(false)
    .describe(
      "true: unfinished batches of the same `submissionKey` are cancelled in the moment that this one opens. What they have stored stays, and is found `unchanged`.",
    ),
  passwords: passwordsSchema
    .default([])
    .describe(
      "Tried on encrypted documents, in this order, after the empty one. Kept until the batch ends, and in no answer.",
    ),
  sources: z
    .array(z.string().min(1).max(16_384))
    .min(1)
    .max(MAX_SOURCES)
    .optional()
    .describe(
      "Listed by the server: `s3://bucket/prefix`, `https://host/file`, a folder or file it may read, an upload; archives are expanded. The batch then seals itself, and takes no items from a client.",
    ),
  filter: sourceFilterSchema.optional().describe("Which of what is found in `sources` becomes an item."),
}).meta({ id: "OpenBatchRequest", description: "What a batch is opened with." });
export type OpenBatchRequest = z.input<typeof openBatchRequestSchema>;

const countsOf = <State extends string>(meanings: Record<State, string>) =>
  z.object(
    Object.fromEntries(
      Object.entries<string>(meanings).map(([state, meaning]) => [state, z.int().describe(meaning)]),
    ) as Record<State, z.ZodInt>,
  );

const extractCountsSchema = countsOf<ExtractState>({
  pending: "Not read yet.",
  succeeded: "Read, all pages of them.",
  partial: "Read, with pages that failed.",
  duplicate: "The same bytes and options are stored already.",
  unchanged: "Not touched since an earlier batch, whose results are theirs.",
  failed: "Not to be read; each has its error code.",
  cancelled: "Not read before the batch was cancelled.",
});

const classifyCountsSchema = countsOf<ClassifyState>({
  none: "No label was asked for, or there is no document.",
  pending: "Not judged yet.",
  classified: "With a label.",
  abstained: "Judged with too little confidence for a label.",
  no_text: "Without text to judge: scanned, or empty.",
  failed: "Not to be judged.",
  cancelled: "Not judged before the batch was cancelled.",
});

export const batchStatusSchema = z
  .object({
    batchId: batchIdSchema.describe("The batch."),
    name: z.string().nullable().describe("What people call the batch; null: it has no name."),
    state: z
      .enum(BATCH_STATES)
      .describe(
        "`open`: it takes items; `sealed`: it has them all; `done`: nothing is pending; `cancelled`: it was ended before.",
      ),
    priority: prioritySchema.describe("Whose documents go first where slots are few."),
    pausedAt: timeSchema
      .nullable()
      .default(null)
      .describe(
        "When it was paused, an ISO 8601 time: nothing of it is handed out until it is resumed. null: it is not.",
      ),
    continuedBy: batchIdSchema
      .nullable()
      .default(null)
      .describe("The batch that reads what this one had not read when its build was given up; null: none does."),
    listing: sourceListingSchema
      .nullable()
      .default(null)
      .describe("How the listing of its `sources` stands; null: its items come from a client."),
    createdAt: timeSchema.describe("When it was opened; an ISO 8601 time in UTC."),
    sealedAt: timeSchema.nullable().describe("When it had all its items, an ISO 8601 time; null: it is open."),
    finishedAt: timeSchema.nullable().describe("When it ended, done or cancelled, an ISO 8601 time; null: it has not."),
    items: z.int().describe("How many items it has so far."),
    extract: extractCountsSchema.describe("How many of its items are in each state of extraction."),
    classify: classifyCountsSchema.describe("How many of its items are in each state of classification."),
    pages: z
      .int()
      .describe("Pages of the documents behind the items that are done, duplicates and unchanged ones included."),
    bytes: z.int().describe("Bytes of the same documents."),
    needsOcr: z.int().describe("How many of the same documents have pages that OCR would have to read."),
    engineVersion: z.string().describe("Version of the engine that the batch was opened for; no other one reads it."),
    extractHash: hashSchema.describe(
      "Names all that changes a text: the engine's version and the options of extraction.",
    ),
    classifyHash: hashSchema
      .nullable()
      .describe(
        "Names all that changes a label: the taxonomy and the classifier's version. null: no label is asked for.",
      ),
  })
  .meta({
    id: "BatchStatus",
    description: "A batch as it stands: at any moment the counts of each stage add up to `items`.",
  });
export type BatchStatus = z.infer<typeof batchStatusSchema>;

export const openBatchResponseSchema = z
  .object({
    batch: batchStatusSchema.describe("The batch."),
    superseded: z.array(batchIdSchema).describe("Batches that were cancelled for it."),
  })
  .meta({ id: "OpenBatchResponse", description: "A batch that was just opened." });
export type OpenBatchResponse = z.infer<typeof openBatchResponseSchema>;

export const changeBatchRequestSchema = closedObject({
  priority: prioritySchema.describe("From now on, for what is not handed out yet."),
}).meta({
  id: "ChangeBatchRequest",
  description: "What may still be changed of a batch: none of it changes a result.",
});
export type ChangeBatchRequest = z.infer<typeof changeBatchRequestSchema>;

export const retryBatchRequestSchema = closedObject({
  codes: z.array(z.enum(ERROR_CODES)).min(1).optional().describe("Only items that failed with one of these codes."),
  ordinals: z.array(ordinalSchema).min(1).max(100_000).optional().describe("Only these items."),
  documentTimeoutMs: batchOptionsSchema.shape.documentTimeoutMs
    .unwrap()
    .optional()
    .describe("Time that one document may take, in milliseconds, for the batch from now on; absent: as it was."),
  documentMemoryMb: batchOptionsSchema.shape.documentMemoryMb
    .unwrap()
    .optional()
    .describe("Memory that one extractor may use, in MiB, for the batch from now on; absent: as it was."),
  passwords: passwordsSchema
    .optional()
    .describe("Take the place of those that the batch has, or had before it ended; absent: those it has."),
}).meta({
  id: "RetryBatchRequest",
  description: "Which failed items are tried again, and the limits that hold for the batch from then on.",
});
export type RetryBatchRequest = z.infer<typeof retryBatchRequestSchema>;

export const retryItemRequestSchema = retryBatchRequestSchema
  .omit({ codes: true, ordinals: true })
  .meta({ id: "RetryItemRequest", description: "The limits under which one item is tried again." });
export type RetryItemRequest = z.infer<typeof retryItemRequestSchema>;

export const retryBatchResponseSchema = z
  .object({
    batch: batchStatusSchema.describe("The batch, with these items pending."),
    retried: z.int().describe("How many items are pending again."),
  })
  .meta({ id: "RetryBatchResponse", description: "A batch with failed items that are tried again." });
export type RetryBatchResponse = z.infer<typeof retryBatchResponseSchema>;

export const continueBatchResponseSchema = z
  .object({
    batch: batchStatusSchema.describe("The new batch."),
    continues: batchIdSchema.describe("The batch that had been given up."),
    moved: z.int().describe("How many pending items it has taken over."),
  })
  .meta({
    id: "ContinueBatchResponse",
    description: "What was pending of a batch is pending in another one, on the build that workers run.",
  });
export type ContinueBatchResponse = z.infer<typeof continueBatchResponseSchema>;

export const reclassifyBatchRequestSchema = closedObject({
  name: z.string().max(500).optional().describe("What people call the new batch; absent: as the other one."),
  classifier: judgeSchema.optional().describe("What gives the labels; absent: as in the other batch."),
  taxonomy: taxonomySchema
    .nullable()
    .optional()
    .describe("The categories; null: the built-in taxonomy of business documents. Absent: as in the other batch."),
  minConfidence: batchOptionsSchema.shape.minConfidence
    .unwrap()
    .optional()
    .describe(
      "Labels below this confidence, from 0 to 1, are withheld; null: the classifier's own mark. Absent: as in the other batch.",
    ),
  model: batchOptionsSchema.shape.model
    .unwrap()
    .optional()
    .describe("As when a batch is opened. Absent: as in the other batch."),
  modelConfidence: batchOptionsSchema.shape.modelConfidence
    .unwrap()
    .optional()
    .describe("As when a batch is opened. Absent: as in the other batch."),
  nearDuplicates: z.boolean().optional().describe("As when a batch is opened. Absent: as in the other batch."),
  ordinals: z
    .array(ordinalSchema)
    .min(1)
    .max(100_000)
    .optional()
    .describe("Only these items of the other batch; absent: all that have text."),
  priority: prioritySchema
    .optional()
    .describe("Whose documents go first where slots are few; absent: as in the other batch."),
}).meta({
  id: "ReclassifyBatchRequest",
  description:
    "How documents that are stored are to be judged anew. What is left out is as in the batch that they are of.",
});
export type ReclassifyBatchRequest = z.input<typeof reclassifyBatchRequestSchema>;

export const reclassifyBatchResponseSchema = z
  .object({
    batch: batchStatusSchema.describe("The new batch."),
    reclassifies: batchIdSchema.describe("The batch whose documents are judged anew."),
    leftOut: z.int().describe("Items of the other batch that have no text to judge: they failed, or were cancelled."),
  })
  .meta({
    id: "ReclassifyBatchResponse",
    description: "A batch over the same documents, none of which is read again.",
  });
export type ReclassifyBatchResponse = z.infer<typeof reclassifyBatchResponseSchema>;

export const batchListSchema = z
  .object({
    batches: z.array(batchStatusSchema).describe("The batches as they stand."),
    next: z
      .string()
      .nullable()
      .default(null)
      .describe("The `cursor` of the page that follows; null behind the last one."),
  })
  .meta({ id: "BatchList", description: "A page of batches, the newest first." });
export type BatchList = z.infer<typeof batchListSchema>;

export const batchSummarySchema = z
  .object({
    batch: batchStatusSchema.describe("The batch as it stands."),
    categories: z.record(z.string(), z.int()).describe("How many items have each label, by the category's id."),
    failures: z
      .array(
        z.object({
          ordinal: z.int().describe("Position of the item in its batch, from 0."),
          uri: z
            .string()
            .describe(
              "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
            ),
          code: z.string().describe("Which error, out of a closed list."),
          message: z.string().describe("What happened, to what, in words."),
          advice: z.string().describe("The next step for whoever reads it."),
        }),
      )
      .describe("Failed items by ordinal, up to a limit."),
  })
  .meta({
    id: "BatchSummary",
    description: "What happened in a batch, for a summary: labels with their counts, and every failure up to a limit.",
  });
export type BatchSummary = z.infer<typeof batchSummarySchema>;
