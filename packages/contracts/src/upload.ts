import { z } from "zod";
import { ERROR_CODES } from "./errors/error-codes.ts";
import { hashSchema } from "./ids.ts";
import { timeSchema } from "./time.ts";

/** Names of uploads are for people: text of at most so many bytes, without NUL. */
export const MAX_UPLOAD_NAME_BYTES = 1_024;

/** The source version of uploaded bytes, which cannot change. */
export function uploadVersion(contentHash: string): string {
  return `sha256:${contentHash}`;
}

export const uploadSchema = z
  .object({
    uri: z.string().describe("What items name it by: `upload://<contentHash>/<name>`."),
    contentHash: hashSchema.describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    sizeBytes: z.int().min(0).describe("How many bytes it has."),
    sourceVersion: z.string().describe("What items give as the source's version; it cannot change."),
    known: z.boolean().describe("The same bytes were here already."),
  })
  .meta({ id: "Upload", description: "Bytes that were uploaded: what an item needs to name them." });
export type Upload = z.infer<typeof uploadSchema>;

export const uploadLineSchema = z
  .discriminatedUnion("ok", [
    z.object({
      ok: z.literal(true).describe("Whether it is kept."),
      name: z.string().describe("What the file is called."),
      ...uploadSchema.shape,
    }),
    z.object({
      ok: z.literal(false).describe("Whether it is kept."),
      name: z.string().describe("What the file is called."),
      code: z.enum(ERROR_CODES).describe("Which error, out of a closed list."),
      detail: z.string().describe("What was wrong with it."),
      advice: z.string().describe("The next step for whoever reads it."),
    }),
  ])
  .meta({ id: "UploadLine", description: "What became of one file of a form." });
export type UploadLine = z.infer<typeof uploadLineSchema>;

export const keptUploadSchema = z
  .object({
    contentHash: hashSchema.describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    sizeBytes: z.int().min(0).describe("How many bytes it has."),
    uploadedAt: timeSchema.describe("When they came first; an ISO 8601 time in UTC."),
    usedAt: timeSchema.describe("When they were uploaded again, or taken into a batch, last; an ISO 8601 time in UTC."),
    batches: z.int().min(0).describe("Batches that refer to them: while there is one, they are kept."),
  })
  .meta({ id: "KeptUpload", description: "Uploaded bytes as they are kept." });
export type KeptUpload = z.infer<typeof keptUploadSchema>;

export const uploadListSchema = z
  .object({
    uploads: z.array(keptUploadSchema).describe("The uploads."),
    next: hashSchema.nullable().describe("`after` of the next page; null at the end."),
  })
  .meta({ id: "UploadList", description: "A page of uploads, by hash." });
export type UploadList = z.infer<typeof uploadListSchema>;

export const resumableUploadSchema = z
  .object({
    uploadId: z.uuid().describe("The upload; the last part of its address."),
    name: z.string().describe("What it is called."),
    sizeBytes: z.int().min(0).describe("How many bytes it will have."),
    receivedBytes: z.int().min(0).describe("How many of them are here: what comes next begins there."),
    expiresAt: timeSchema.describe("Until when it can be gone on with; an ISO 8601 time in UTC."),
    upload: uploadSchema.nullable().describe("What it has become; null: not everything is here yet."),
  })
  .meta({ id: "ResumableUpload", description: "An upload in pieces, as far as it has come." });
export type ResumableUpload = z.infer<typeof resumableUploadSchema>;
