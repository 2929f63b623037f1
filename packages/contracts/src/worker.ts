import { z } from "zod";
import { workerIdSchema } from "./ids.ts";
import { llmPaceSchema } from "./llm-pace.ts";

/** A classifier that judges text that is stored: in label shards. */
export const labellerSchema = z
  .object({
    /** As in `classifiers`. */
    classifier: z.string(),
    /** How many label shards it takes at a time. */
    slots: z.int().min(1).max(1_024),
    busySlots: z.int().min(0),
    /** Documents of a label shard at most. */
    documents: z.int().min(1).max(256),
    /** false: its server does not answer now, so that its work waits. */
    available: z.boolean(),
    /** How it paces its calls to an LLM; null: it makes none. */
    pace: llmPaceSchema.nullable().default(null),
  })
  .meta({ id: "Labeller" });
export type Labeller = z.infer<typeof labellerSchema>;

/**
 * What a worker tells a coordinator about itself, first at start and then every `renewEveryMs`. Like the answer, and shards
 * with what comes of them, an open object: in a rolling upgrade either side may say more than the other one knows.
 */
export const workerRegistrationSchema = z
  .object({
    protocol: z.int(),
    workerId: workerIdSchema,
    /** Where coordinators reach it: `http://host:port`. */
    address: z.url(),
    /** How many shards it takes at a time. */
    slots: z.int().min(1).max(1_024),
    busySlots: z.int().min(0),
    engineVersion: z.string(),
    classifiers: z.array(z.string()),
    /** Those of its classifiers that judge stored text, apart from its slots, and how. A worker of an earlier version names none. */
    labellers: z.array(labellerSchema).max(64).default([]),
    host: z.string(),
    pid: z.int(),
    /** The bearer token that the worker wants on its shards; new at each start. */
    dispatchToken: z.string().min(16),
  })
  .meta({ id: "WorkerRegistration" });
export type WorkerRegistration = z.input<typeof workerRegistrationSchema>;

export const workerRegisteredSchema = z
  .object({
    renewEveryMs: z.int(),
    expiresAfterMs: z.int(),
    /** Somebody has asked for this worker to be drained: it takes no more shards, ends those it has, and leaves. */
    drain: z.boolean().default(false),
  })
  .meta({ id: "WorkerRegistered" });
export type WorkerRegistered = z.infer<typeof workerRegisteredSchema>;

export const workerRowSchema = z
  .object({
    workerId: workerIdSchema,
    address: z.string(),
    host: z.string(),
    pid: z.int(),
    slots: z.int(),
    busySlots: z.int(),
    engineVersion: z.string(),
    registeredAt: z.string(),
    renewedAt: z.string(),
    live: z.boolean(),
    draining: z.boolean().default(false),
    labellers: z.array(labellerSchema).default([]),
  })
  .meta({ id: "WorkerRow" });
export const workerListSchema = z.object({ workers: z.array(workerRowSchema) }).meta({ id: "WorkerList" });
export type WorkerRow = z.infer<typeof workerRowSchema>;
