import type { BlobStore } from "./blob-store.ts";
import { FolderBlobStore } from "./folder-blob-store.ts";
import { type S3Access, S3BlobStore } from "./s3-blob-store.ts";

/** Where SLUICE_BLOBS says that uploads are kept. */
export type BlobPlace =
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "s3"; readonly bucket: string; readonly prefix: string };

/** `/path` or `s3://bucket/prefix`; null for anything else. */
export function parseBlobPlace(text: string): BlobPlace | null {
  if (text.startsWith("/")) return { kind: "folder", path: text };
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
  return bucket === undefined ? null : { kind: "s3", bucket, prefix };
}

export function openBlobStore(place: BlobPlace, access: S3Access): BlobStore {
  if (place.kind === "folder") return new FolderBlobStore(place.path);
  return new S3BlobStore({ bucket: place.bucket, prefix: place.prefix, access });
}
