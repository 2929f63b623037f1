import type { Upload } from "@sluice/contracts";
import { upload, type UploadOptions } from "../upload.ts";
import { uploadMany, type UploadManyOptions, type UploadOutcome } from "../upload-many.ts";
import type { UploadSource } from "../upload-source.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Bytes that no worker can reach by itself. */
export function uploadCalls(calls: ApiCalls) {
  return {
    /**
     * Hands bytes in and says how items name them. A path, a Blob or bytes are sent again after failures that can pass, large
     * ones from where the server stands; a stream is sent once. See `UploadOptions`.
     */
    upload(source: UploadSource, options: UploadOptions = {}): Promise<Upload> {
      return upload(calls.slow, source, options);
    },

    /** Hands in many, some at a time, and yields what became of each in their order: one that fails costs the others nothing. */
    uploadMany(
      sources: Iterable<UploadSource> | AsyncIterable<UploadSource>,
      options: UploadManyOptions = {},
    ): AsyncIterable<UploadOutcome> {
      return uploadMany((source, each) => upload(calls.slow, source, each), sources, options);
    },
  };
}
