import { z } from "zod";
import { ERROR_CODES } from "./errors/error-codes.ts";
import { hashSchema } from "./ids.ts";

/** Names of uploads are for people: text of at most so many bytes, without NUL. */
export const MAX_UPLOAD_NAME_BYTES = 1_024;

/** The source version of uploaded bytes, which cannot change. */
export function uploadVersion(contentHash: string): string {
  return `sha256:${contentHash}`;
}

/** Bytes that were uploaded: what an item needs to name them. */
export const uploadSchema = z
  .object({
    /** `upload://<contentHash>/<name>`. */
    uri: z.string(),
    contentHash: hashSchema,
    sizeBytes: z.int().min(0),
    sourceVersion: z.string(),
    /** The same bytes were here already. */
    known: z.boolean(),
  })
  .meta({ id: "Upload" });
export type Upload = z.infer<typeof uploadSchema>;

/** A line of the answer to many files in one request: what became of each. */
export const uploadLineSchema = z
  .discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), name: z.string(), ...uploadSchema.shape }),
    z.object({
      ok: z.literal(false),
      name: z.string(),
      code: z.enum(ERROR_CODES),
      detail: z.string(),
      advice: z.string(),
    }),
  ])
  .meta({ id: "UploadLine" });
export type UploadLine = z.infer<typeof uploadLineSchema>;

/** Uploaded bytes as they are kept. */
export const keptUploadSchema = z
  .object({
    contentHash: hashSchema,
    sizeBytes: z.int().min(0),
    uploadedAt: z.string(),
    /** When they were uploaded again, or taken into a batch, last. */
    usedAt: z.string(),
    /** Batches that refer to them: while there is one, they are kept. */
    batches: z.int().min(0),
  })
  .meta({ id: "KeptUpload" });
export type KeptUpload = z.infer<typeof keptUploadSchema>;

export const uploadListSchema = z
  .object({
    uploads: z.array(keptUploadSchema),
    /** `after` of the next page, or null at the end. */
    next: hashSchema.nullable(),
  })
  .meta({ id: "UploadList" });
export type UploadList = z.infer<typeof uploadListSchema>;

/** An upload in pieces, as far as it has come. */
export const resumableUploadSchema = z
  .object({
    uploadId: z.uuid(),
    name: z.string(),
    sizeBytes: z.int().min(0),
    receivedBytes: z.int().min(0),
    expiresAt: z.string(),
    /** What it has become, once everything is here. */
    upload: uploadSchema.nullable(),
  })
  .meta({ id: "ResumableUpload" });
export type ResumableUpload = z.infer<typeof resumableUploadSchema>;
