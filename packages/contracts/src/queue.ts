import { z } from "zod";
import { attemptIdSchema, batchIdSchema, workerIdSchema } from "./ids.ts";
import { timeSchema } from "./time.ts";

export const runningShardSchema = z
  .object({
    attemptId: attemptIdSchema.describe("The attempt at it."),
    batchId: batchIdSchema.describe("Its batch."),
    shardId: z.uuid().describe("The shard."),
    items: z.int().describe("How many items it has."),
    since: timeSchema.describe("When it was handed out; an ISO 8601 time in UTC."),
  })
  .meta({ id: "RunningShard", description: "A shard that a worker has in hand." });
export type RunningShard = z.infer<typeof runningShardSchema>;

export const queueRowSchema = z
  .object({
    queue: z.string().describe("Its name."),
    stage: z.enum(["extract", "classify"]).describe("What is done to its items."),
    engineVersion: z.string().describe("The engine's version, as the queue's name has it."),
    classifierVersion: z
      .string()
      .nullable()
      .describe("The classifier's version, as the queue's name has it; null: it names none."),
    queued: z.int().describe("Shards that wait, as counted some seconds ago."),
    active: z.int().describe("Shards in work, as counted some seconds ago."),
    oldestSeconds: z.number().describe("Age of the oldest shard that may start, in seconds; 0 where none waits."),
    slots: z.int().describe("Slots of the live workers that serve it."),
    busySlots: z.int().describe("How many of these are taken."),
    workers: z
      .array(
        z.object({
          workerId: workerIdSchema.describe("The worker."),
          address: z
            .string()
            .nullable()
            .describe("Where coordinators reach it; null: the caller is not told, or it is not known."),
          live: z.boolean().describe("Its registration holds."),
          slots: z.int().describe("How many shards it takes at a time."),
          running: z.array(runningShardSchema).describe("The shards it has in hand."),
        }),
      )
      .describe("Who serves it."),
  })
  .meta({ id: "QueueRow", description: "A queue: what waits for workers of one build, and who works on it." });
export type QueueRow = z.infer<typeof queueRowSchema>;

export const queueListSchema = z
  .object({ queues: z.array(queueRowSchema).describe("One for each build; at most 50.") })
  .meta({ id: "QueueList", description: "Queues, the fullest first." });
export type QueueList = z.infer<typeof queueListSchema>;
