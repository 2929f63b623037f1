import { z } from "zod";
import { batchStatusSchema, prioritySchema } from "./batch.ts";
import { batchIdSchema } from "./ids.ts";
import { BATCH_STATES } from "./states.ts";
import { timeSchema } from "./time.ts";

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

export const eventDetailSchema = z
  .object({
    items: z.int().optional().describe("Of `sealed`, `done` and `cancelled`: how many items the batch has."),
    pages: z.int().optional().describe("Of `done` and `cancelled`: pages of the documents behind its items."),
    needsOcr: z
      .int()
      .optional()
      .describe("Of `done` and `cancelled`: how many documents have pages that OCR would have to read."),
    extract: countsSchema
      .optional()
      .describe("How many items are in each state of extraction, without those that are zero."),
    classify: countsSchema
      .optional()
      .describe("How many items are in each state of classification, without those that are zero."),
    priority: prioritySchema.optional().describe("Of `opened` and `priority`: the priority from then on."),
    retried: z.int().optional().describe("Of `retried`: how many items are pending again."),
    continuedBy: batchIdSchema.optional().describe("Of `continued`: the batch that reads what this one had not read."),
    moved: z.int().optional().describe("Of `continued`: how many items that is."),
  })
  .meta({ id: "EventDetail", description: "What is said of an event beside its type; which of them, the type tells." });
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** Where an event stands among all of them; what comes later has a higher one. There are gaps. */
export const positionSchema = z.int().min(0);

export const batchEventSchema = z
  .object({
    eventId: z.uuid().describe("The same wherever and however often the event is told."),
    position: positionSchema.describe(
      "Where it stands among all events; what comes later has a higher one. There are gaps.",
    ),
    type: eventTypeSchema.describe("What happened."),
    at: timeSchema.describe("When it happened; an ISO 8601 time in UTC."),
    batchId: batchIdSchema.describe("The batch."),
    name: z.string().nullable().describe("What people call the batch; null: it has no name."),
    state: z.enum(BATCH_STATES).describe("The batch's state after it."),
    detail: eventDetailSchema.describe("What else is to be said; which of it, the type tells."),
  })
  .meta({
    id: "BatchEvent",
    description:
      "A change of a batch's state. It is written with the change, so that there is one exactly where there is the other.",
  });
export type BatchEvent = z.infer<typeof batchEventSchema>;

export const eventsResetSchema = z
  .object({
    type: z.literal("reset").describe("That it is none of the events."),
    position: positionSchema.describe("From where on events follow."),
    batches: z.array(batchStatusSchema).describe("The batch that is listened to, or all that have not ended."),
  })
  .meta({
    id: "EventsReset",
    description:
      "Takes the place of events that are not kept any more: what the listener has missed shows in the batches as they stand.",
  });
export type EventsReset = z.infer<typeof eventsResetSchema>;
