import { z } from "zod";
import { workerIdSchema } from "./ids.ts";

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
    host: z.string(),
    pid: z.int(),
    /** The bearer token that the worker wants on its shards; new at each start. */
    dispatchToken: z.string().min(16),
  })
  .meta({ id: "WorkerRegistration" });
export type WorkerRegistration = z.infer<typeof workerRegistrationSchema>;

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
  })
  .meta({ id: "WorkerRow" });
export const workerListSchema = z.object({ workers: z.array(workerRowSchema) }).meta({ id: "WorkerList" });
export type WorkerRow = z.infer<typeof workerRowSchema>;
