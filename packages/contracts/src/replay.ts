import { z } from "zod";
import { classificationSchema } from "./classification.ts";
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

/** What became of it, without its text. */
export const replayReportSchema = z.object({
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
});
export type ReplayReport = z.infer<typeof replayReportSchema>;
