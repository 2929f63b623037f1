import { z } from "zod";
import { batchStatusSchema, prioritySchema } from "./batch.ts";
import { batchIdSchema } from "./ids.ts";
import { BATCH_STATES } from "./states.ts";

/** What can happen to a batch, beside its progress. */
export const EVENT_TYPES = [
  "batch.opened",
  "batch.sealed",
  "batch.paused",
  "batch.resumed",
  "batch.priority",
  "batch.retried",
  "batch.continued",
  "batch.done",
  "batch.cancelled",
  "batch.deleted",
] as const;
export const eventTypeSchema = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof eventTypeSchema>;

const countsSchema = z.record(z.string(), z.int());

/** What is said of an event beside its type; which of them, the type tells. */
export const eventDetailSchema = z
  .object({
    /** Of `sealed`, `done` and `cancelled`: how many items the batch has. */
    items: z.int().optional(),
    /** Of `done` and `cancelled`. */
    pages: z.int().optional(),
    needsOcr: z.int().optional(),
    /** Items by state of each stage, without those that are zero. */
    extract: countsSchema.optional(),
    classify: countsSchema.optional(),
    /** Of `opened` and `priority`. */
    priority: prioritySchema.optional(),
    /** Of `retried`: how many items are pending again. */
    retried: z.int().optional(),
    /** Of `continued`: the batch that reads what this one had not read, and how many items that is. */
    continuedBy: batchIdSchema.optional(),
    moved: z.int().optional(),
  })
  .meta({ id: "EventDetail" });
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** Where an event stands among all of them; what comes later has a higher one. There are gaps. */
export const positionSchema = z.int().min(0);

/** A change of a batch's state. It is written with the change, so that there is one exactly where there is the other. */
export const batchEventSchema = z
  .object({
    /** The same wherever and however often the event is told. */
    eventId: z.uuid(),
    position: positionSchema,
    type: eventTypeSchema,
    at: z.string(),
    batchId: batchIdSchema,
    name: z.string().nullable(),
    /** The batch's state after it. */
    state: z.enum(BATCH_STATES),
    detail: eventDetailSchema,
  })
  .meta({ id: "BatchEvent" });
export type BatchEvent = z.infer<typeof batchEventSchema>;

/** Takes the place of events that are not kept any more: what the listener has missed shows in the batches as they stand. */
export const eventsResetSchema = z
  .object({
    type: z.literal("reset"),
    position: positionSchema,
    /** The batch that is listened to, or all that have not ended. */
    batches: z.array(batchStatusSchema),
  })
  .meta({ id: "EventsReset" });
export type EventsReset = z.infer<typeof eventsResetSchema>;
