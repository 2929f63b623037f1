import { z } from "zod";
import { workerIdSchema } from "./ids.ts";
import { llmPaceSchema } from "./llm-pace.ts";
import { timeSchema } from "./time.ts";

export const labellerSchema = z
  .object({
    classifier: z.string().describe("Its name and version, as in `classifiers`."),
    slots: z.int().min(1).max(1_024).describe("How many label shards it takes at a time."),
    busySlots: z.int().min(0).describe("How many of these are taken now."),
    documents: z.int().min(1).max(256).describe("Documents of a label shard at most."),
    available: z.boolean().describe("false: its server does not answer now, so that its work waits."),
    pace: llmPaceSchema.nullable().default(null).describe("How it paces its calls to an LLM; null: it makes none."),
  })
  .meta({ id: "Labeller", description: "A classifier that judges text that is stored: in label shards." });
export type Labeller = z.infer<typeof labellerSchema>;

export const workerRegistrationSchema = z
  .object({
    protocol: z.int().describe("Version of the protocol between coordinators and workers."),
    workerId: workerIdSchema.describe("The worker's own id, which it keeps while it runs."),
    address: z.url().describe("Where coordinators reach it: `http://host:port`."),
    slots: z.int().min(1).max(1_024).describe("How many shards it takes at a time."),
    busySlots: z.int().min(0).describe("How many of its slots are taken now."),
    engineVersion: z.string().describe("Version of the engine that reads the documents."),
    classifiers: z.array(z.string()).describe("The classifiers it has, with their versions."),
    labellers: z
      .array(labellerSchema)
      .max(64)
      .default([])
      .describe(
        "Those of its classifiers that judge stored text, apart from its slots, and how. A worker of an earlier version names none.",
      ),
    host: z.string().describe("Name of the host it runs on."),
    pid: z.int().describe("Its process id there."),
    dispatchToken: z
      .string()
      .min(16)
      .describe("The bearer token that the worker wants on its shards; new at each start."),
  })
  .meta({
    id: "WorkerRegistration",
    description: "What a worker tells a coordinator about itself, first at start and then every `renewEveryMs`.",
  });
export type WorkerRegistration = z.input<typeof workerRegistrationSchema>;

export const workerRegisteredSchema = z
  .object({
    renewEveryMs: z.int().describe("How often the worker is to register again, in milliseconds."),
    expiresAfterMs: z.int().describe("How long the registration holds without that, in milliseconds."),
    drain: z
      .boolean()
      .default(false)
      .describe(
        "Somebody has asked for this worker to be drained: it takes no more shards, ends those it has, and leaves.",
      ),
  })
  .meta({ id: "WorkerRegistered", description: "How long a registration holds." });
export type WorkerRegistered = z.infer<typeof workerRegisteredSchema>;

export const workerRowSchema = z
  .object({
    workerId: workerIdSchema.describe("The worker."),
    address: z.string().describe("Where coordinators reach it: `http://host:port`."),
    host: z.string().describe("Name of the host it runs on."),
    pid: z.int().describe("Its process id there."),
    slots: z.int().describe("How many shards it takes at a time."),
    busySlots: z.int().describe("How many of its slots were taken."),
    engineVersion: z.string().describe("Version of the engine that reads the documents."),
    registeredAt: timeSchema.describe("When it came; an ISO 8601 time in UTC."),
    renewedAt: timeSchema.describe("When it was last heard of; an ISO 8601 time in UTC."),
    live: z.boolean().describe("Its registration holds."),
    draining: z.boolean().default(false).describe("It was asked to leave, and takes no more shards."),
    labellers: z
      .array(labellerSchema)
      .default([])
      .describe("Those of its classifiers that judge stored text, and how they stand."),
  })
  .meta({ id: "WorkerRow", description: "A worker, as it last told about itself." });
export const workerListSchema = z
  .object({ workers: z.array(workerRowSchema).describe("The workers.") })
  .meta({ id: "WorkerList", description: "Workers, those that are gone for a while included." });
export type WorkerRow = z.infer<typeof workerRowSchema>;
