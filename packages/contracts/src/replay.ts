import { z } from "zod";
import { batchOptionsSchema } from "./batch.ts";
import { classificationSchema } from "./classification.ts";
import { closedObject } from "./closed-object.ts";
import { workerIdSchema } from "./ids.ts";
import { evidenceSchema } from "./item.ts";
import { passwordsSchema } from "./passwords.ts";
import { readSettingsSchema } from "./read-settings.ts";

/** What a process that reads one item again is told on stdin. */
export const replayRequestSchema = z.object({
  ordinal: z.int().min(0),
  uri: z.string(),
  sizeBytes: z.int().min(0),
  settings: readSettingsSchema,
  passwords: passwordsSchema,
});
export type ReplayRequest = z.infer<typeof replayRequestSchema>;

/** The limits under which a worker reads an item again. */
export const replayItemRequestSchema = closedObject({
  documentTimeoutMs: batchOptionsSchema.shape.documentTimeoutMs.unwrap().optional(),
  documentMemoryMb: batchOptionsSchema.shape.documentMemoryMb.unwrap().optional(),
  /** Those that the batch was opened with are gone when it has ended. */
  passwords: passwordsSchema.default([]),
}).meta({ id: "ReplayItemRequest" });
export type ReplayItemRequest = z.infer<typeof replayItemRequestSchema>;

/** What became of it, without its text. */
export const replayReportSchema = z
  .object({
    engineVersion: z.string(),
    outcome: z.enum(["extracted", "failed"]),
    code: z.string().nullable(),
    message: z.string().nullable(),
    page: z.int().nullable(),
    evidence: evidenceSchema.nullable(),
    contentHash: z.string().nullable(),
    /** null where the bytes could not be read to their end. */
    sourceVersion: z.string().nullable(),
    pages: z.int().nullable(),
    partial: z.boolean(),
    needsOcr: z.boolean(),
    classification: classificationSchema.nullable(),
    /** Extractors that died over it. */
    childRestarts: z.int(),
    cpuMs: z.number(),
    seconds: z.number(),
  })
  .meta({ id: "ReplayReport" });
export type ReplayReport = z.infer<typeof replayReportSchema>;

/** What a worker made of an item that it was asked to read again. */
export const replayAnswerSchema = replayReportSchema
  .extend({
    workerId: workerIdSchema,
    /** Whether the bytes are those that the batch has met; null where neither side knows. */
    sameSource: z.boolean().nullable(),
  })
  .meta({ id: "ReplayAnswer" });
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;
