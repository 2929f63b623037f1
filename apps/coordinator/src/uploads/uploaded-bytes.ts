import { SourceFault } from "@sluice/sources/source-fault";
import type { UploadedBytes } from "../listings/source-access.ts";
import { findBlob } from "./read-blob.ts";
import type { UploadParts } from "./upload-parts.ts";

/** Uploads as listings look into them: archives, from the blob store itself. Null: no place for uploads is configured. */
export function uploadedBytes({ database, blobs }: Pick<UploadParts, "database" | "blobs">): UploadedBytes | null {
  if (blobs === null) return null;
  return {
    read: async (contentHash) => {
      const found = await findBlob({ database }, contentHash);
      if (found === undefined) return null;
      const read = async function* (start: number, end: number) {
        if (start >= end) return;
        const bytes = await blobs.read(found.blob_name, { start, end });
        if (bytes === null) throw new SourceFault("SOURCE_NOT_FOUND", "The upload is not kept any more.");
        yield* bytes instanceof Blob ? bytes.stream() : bytes;
      };
      return { size: found.size_bytes, read };
    },
  };
}
