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

export const replayItemRequestSchema = closedObject({
  documentTimeoutMs: batchOptionsSchema.shape.documentTimeoutMs
    .unwrap()
    .optional()
    .describe("Time that the document may take, in milliseconds; absent: as its batch has it."),
  documentMemoryMb: batchOptionsSchema.shape.documentMemoryMb
    .unwrap()
    .optional()
    .describe("Memory that the extractor may use, in MiB; absent: as its batch has it."),
  passwords: passwordsSchema
    .default([])
    .describe("Tried on an encrypted document. Those that the batch was opened with are gone when it has ended."),
}).meta({ id: "ReplayItemRequest", description: "The limits under which a worker reads an item again." });
export type ReplayItemRequest = z.infer<typeof replayItemRequestSchema>;

export const replayReportSchema = z
  .object({
    engineVersion: z.string().describe("Version of the engine that reads the documents."),
    outcome: z.enum(["extracted", "failed"]).describe("Whether it could be read."),
    code: z.string().nullable().describe("The error code; null: it could be read."),
    message: z.string().nullable().describe("What happened; null: it could be read."),
    page: z.int().nullable().describe("The page at fault, from 1; null: no single one."),
    evidence: evidenceSchema
      .nullable()
      .describe("What is known about the death of the process that read it; null: none died."),
    contentHash: z
      .string()
      .nullable()
      .describe("SHA-256 of the bytes, in lower-case hexadecimal; null: they were not read to their end."),
    sourceVersion: z
      .string()
      .nullable()
      .describe("What the source's version was; null where the bytes could not be read to their end."),
    pages: z.int().nullable().describe("How many pages it has; null: it could not be read."),
    partial: z.boolean().describe("Some of its pages could not be read; the others could."),
    needsOcr: z.boolean().describe("Some of its pages are images of text, which OCR would have to read."),
    classification: classificationSchema
      .nullable()
      .describe("How it was judged; null: no label was asked for, or it could not be read."),
    childRestarts: z.int().describe("Extractors that died over it."),
    cpuMs: z.number().describe("CPU time that it took, in milliseconds."),
    seconds: z.number().describe("How long it took, in seconds."),
  })
  .meta({ id: "ReplayReport", description: "What became of it, without its text." });
export type ReplayReport = z.infer<typeof replayReportSchema>;

export const replayAnswerSchema = replayReportSchema
  .extend({
    workerId: workerIdSchema.describe("The worker that read it."),
    sameSource: z
      .boolean()
      .nullable()
      .describe("Whether the bytes are those that the batch has met; null where neither side knows."),
  })
  .meta({ id: "ReplayAnswer", description: "What a worker made of an item that it was asked to read again." });
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>;
