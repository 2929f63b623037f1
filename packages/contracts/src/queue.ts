import { z } from "zod";
import { attemptIdSchema, batchIdSchema, workerIdSchema } from "./ids.ts";

/** A shard that a worker has in hand. */
export const runningShardSchema = z
  .object({
    attemptId: attemptIdSchema,
    batchId: batchIdSchema,
    shardId: z.uuid(),
    items: z.int(),
    since: z.string(),
  })
  .meta({ id: "RunningShard" });
export type RunningShard = z.infer<typeof runningShardSchema>;

/** A queue: what waits for workers of one build, and who works on it. */
export const queueRowSchema = z
  .object({
    queue: z.string(),
    stage: z.enum(["extract", "classify"]),
    /** As the queue's name has it. */
    engineVersion: z.string(),
    classifierVersion: z.string().nullable(),
    /** Shards, as counted some seconds ago. */
    queued: z.int(),
    active: z.int(),
    /** Age of the oldest shard that may start, in seconds; 0 where none waits. */
    oldestSeconds: z.number(),
    /** Of the live workers that serve it. */
    slots: z.int(),
    busySlots: z.int(),
    workers: z.array(
      z.object({
        workerId: workerIdSchema,
        address: z.string().nullable(),
        live: z.boolean(),
        slots: z.int(),
        running: z.array(runningShardSchema),
      }),
    ),
  })
  .meta({ id: "QueueRow" });
export type QueueRow = z.infer<typeof queueRowSchema>;

export const queueListSchema = z.object({ queues: z.array(queueRowSchema) }).meta({ id: "QueueList" });
export type QueueList = z.infer<typeof queueListSchema>;
