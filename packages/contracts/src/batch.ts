import { z } from "zod";
import { classifierSchema, judgeSchema } from "./classification.ts";
import { closedObject } from "./closed-object.ts";
import { ERROR_CODES } from "./errors/error-codes.ts";
import { batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";
import { passwordsSchema } from "./passwords.ts";
import { MAX_SOURCES, sourceFilterSchema, sourceListingSchema } from "./source-listing.ts";
import { BATCH_STATES, CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";
import { storedTaxonomySchema, taxonomySchema } from "./taxonomy.ts";

export const PRIORITIES = ["interactive", "normal", "bulk"] as const;
export const prioritySchema = z.enum(PRIORITIES);
export type Priority = z.infer<typeof prioritySchema>;

/** Documents that a worker is handed at a time at most, and that are stored in one transaction. */
export const MOST_COMMIT_DOCUMENTS = 256;

/** Far more than the slots of any fleet. */
export const MOST_CONCURRENT = 100_000;

/** The options of a batch as it was opened with, perhaps by a newer coordinator. */
export const storedOptionsSchema = z.object({
  classifier: classifierSchema.default("rules"),
  /** null: the built-in taxonomy of business documents. */
  taxonomy: storedTaxonomySchema.nullable().default(null),
  /** Labels below this confidence are withheld (`abstained`). null: the classifier's own mark. */
  minConfidence: z.number().min(0).max(1).nullable().default(null),
  /** `meta` keeps verdicts, metadata and labels, but no page text. */
  store: z.enum(["full", "meta"]).default("full"),
  /** false: bytes known already are read again, and every copy is a result of its own. */
  deduplicate: z.boolean().default(true),
  /** true: sources that have not changed since an earlier batch are read again. */
  force: z.boolean().default(false),
  priority: prioritySchema.default("normal"),
  /** Documents stored in one transaction at most: fewer make results come sooner, and cost more each. */
  commitDocuments: z.int().min(1).max(MOST_COMMIT_DOCUMENTS).default(MOST_COMMIT_DOCUMENTS),
  /** Documents in work at a time at most, over the whole fleet; null: as many as there are slots. */
  maxConcurrent: z.int().min(1).max(MOST_CONCURRENT).nullable().default(null),
  maxPages: z.int().min(1).max(1_000_000).default(100_000),
  maxTextBytes: z
    .int()
    .min(1)
    .max(1 << 30)
    .default(256 << 20),
  maxDocumentBytes: z
    .int()
    .min(1)
    .default(2 ** 31),
  /** Time one document may take in its extractor. */
  documentTimeoutMs: z.int().min(10).max(3_600_000).default(60_000),
  /** Memory one extractor may use while it reads one document. */
  documentMemoryMb: z.int().min(64).max(65_536).default(2_048),
});

/** What a batch asks for. Frozen when the batch opens: a change of mind is another batch. */
export const batchOptionsSchema = closedObject({
  ...storedOptionsSchema.shape,
  taxonomy: taxonomySchema.nullable().default(null),
}).meta({ id: "BatchOptions" });
export type BatchOptions = z.infer<typeof batchOptionsSchema>;
export type BatchOptionsInput = z.input<typeof batchOptionsSchema>;

export const openBatchRequestSchema = closedObject({
  name: z.string().max(500).optional(),
  options: batchOptionsSchema.prefault({}),
  /**
   * Names what is being submitted (the roots and the options). With `supersede`, unfinished batches of the same
   * submission are cancelled in the transaction that opens this one; what they have stored stays and is found
   * `unchanged`.
   */
  submissionKey: z.string().max(200).optional(),
  supersede: z.boolean().default(false),
  /** Tried on encrypted documents, in this order, after the empty one. Kept beside the options, and only until the batch ends. */
  passwords: passwordsSchema.default([]),
  /**
   * Listed by the server: `s3://bucket/prefix`, `https://host/file`, a folder or file it may read, an upload; archives are
   * expanded. The batch then seals itself, and takes no items from a client.
   */
  sources: z.array(z.string().min(1).max(16_384)).min(1).max(MAX_SOURCES).optional(),
  /** Which of what is found in `sources` becomes an item. */
  filter: sourceFilterSchema.optional(),
}).meta({ id: "OpenBatchRequest" });
export type OpenBatchRequest = z.input<typeof openBatchRequestSchema>;

const countsOf = <State extends string>(states: readonly State[]) =>
  z.object(Object.fromEntries(states.map((state) => [state, z.int()])) as Record<State, z.ZodInt>);

/** A batch as it stands: at any moment the counts of each stage add up to `items`. */
export const batchStatusSchema = z
  .object({
    batchId: batchIdSchema,
    name: z.string().nullable(),
    state: z.enum(BATCH_STATES),
    priority: prioritySchema,
    /** When it was paused: nothing of it is handed out until it is resumed. A server that cannot pause leaves it out. */
    pausedAt: z.string().nullable().default(null),
    /** The batch that reads what this one had not read when its build was given up. */
    continuedBy: batchIdSchema.nullable().default(null),
    /** null: its items come from a client. */
    listing: sourceListingSchema.nullable().default(null),
    createdAt: z.string(),
    sealedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    items: z.int(),
    extract: countsOf(EXTRACT_STATES),
    classify: countsOf(CLASSIFY_STATES),
    /** Pages and bytes of the documents behind the items that are done, duplicates and unchanged ones included. */
    pages: z.int(),
    bytes: z.int(),
    needsOcr: z.int(),
    engineVersion: z.string(),
    extractHash: hashSchema,
    classifyHash: hashSchema.nullable(),
  })
  .meta({ id: "BatchStatus" });
export type BatchStatus = z.infer<typeof batchStatusSchema>;

export const openBatchResponseSchema = z
  .object({
    batch: batchStatusSchema,
    superseded: z.array(batchIdSchema),
  })
  .meta({ id: "OpenBatchResponse" });
export type OpenBatchResponse = z.infer<typeof openBatchResponseSchema>;

/** What may still be changed of a batch: none of it changes a result. */
export const changeBatchRequestSchema = closedObject({ priority: prioritySchema }).meta({ id: "ChangeBatchRequest" });
export type ChangeBatchRequest = z.infer<typeof changeBatchRequestSchema>;

/** Which failed items are tried again, and the limits that hold for the batch from then on. */
export const retryBatchRequestSchema = closedObject({
  /** Only items that failed with one of these codes. */
  codes: z.array(z.enum(ERROR_CODES)).min(1).optional(),
  /** Only these items. */
  ordinals: z.array(ordinalSchema).min(1).max(100_000).optional(),
  documentTimeoutMs: batchOptionsSchema.shape.documentTimeoutMs.unwrap().optional(),
  documentMemoryMb: batchOptionsSchema.shape.documentMemoryMb.unwrap().optional(),
  /** Take the place of those that the batch has, or had before it ended. */
  passwords: passwordsSchema.optional(),
}).meta({ id: "RetryBatchRequest" });
export type RetryBatchRequest = z.infer<typeof retryBatchRequestSchema>;

/** The limits under which one item is tried again. */
export const retryItemRequestSchema = retryBatchRequestSchema
  .omit({ codes: true, ordinals: true })
  .meta({ id: "RetryItemRequest" });
export type RetryItemRequest = z.infer<typeof retryItemRequestSchema>;

export const retryBatchResponseSchema = z
  .object({ batch: batchStatusSchema, retried: z.int() })
  .meta({ id: "RetryBatchResponse" });
export type RetryBatchResponse = z.infer<typeof retryBatchResponseSchema>;

/** What was pending of a batch is pending in another one, on the build that workers run. */
export const continueBatchResponseSchema = z
  .object({
    batch: batchStatusSchema,
    continues: batchIdSchema,
    moved: z.int(),
  })
  .meta({ id: "ContinueBatchResponse" });
export type ContinueBatchResponse = z.infer<typeof continueBatchResponseSchema>;

/** How documents that are stored are to be judged anew. What is left out is as in the batch that they are of. */
export const reclassifyBatchRequestSchema = closedObject({
  name: z.string().max(500).optional(),
  classifier: judgeSchema.optional(),
  /** null: the built-in taxonomy of business documents. */
  taxonomy: taxonomySchema.nullable().optional(),
  /** null: the classifier's own mark. */
  minConfidence: batchOptionsSchema.shape.minConfidence.unwrap().optional(),
  priority: prioritySchema.optional(),
}).meta({ id: "ReclassifyBatchRequest" });
export type ReclassifyBatchRequest = z.input<typeof reclassifyBatchRequestSchema>;

/** A batch over the same documents, none of which is read again. */
export const reclassifyBatchResponseSchema = z
  .object({
    batch: batchStatusSchema,
    reclassifies: batchIdSchema,
    /** Items of the other batch that have no text to judge: they failed, or were cancelled. */
    leftOut: z.int(),
  })
  .meta({ id: "ReclassifyBatchResponse" });
export type ReclassifyBatchResponse = z.infer<typeof reclassifyBatchResponseSchema>;

export const batchListSchema = z
  .object({
    batches: z.array(batchStatusSchema),
    /** The `cursor` of the page that follows; null behind the last one. A server that has no pages leaves it out. */
    next: z.string().nullable().default(null),
  })
  .meta({ id: "BatchList" });
export type BatchList = z.infer<typeof batchListSchema>;

/** What happened in a batch, for a summary: labels with their counts, and every failure up to a limit. */
export const batchSummarySchema = z
  .object({
    batch: batchStatusSchema,
    categories: z.record(z.string(), z.int()),
    failures: z.array(
      z.object({ ordinal: z.int(), uri: z.string(), code: z.string(), message: z.string(), advice: z.string() }),
    ),
  })
  .meta({ id: "BatchSummary" });
export type BatchSummary = z.infer<typeof batchSummarySchema>;
