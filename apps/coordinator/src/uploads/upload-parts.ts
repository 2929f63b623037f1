import { AppError } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Database } from "../db/database.ts";

/** What uploads are made with. */
export interface UploadParts {
  readonly database: Database;
  /** null: SLUICE_BLOBS is not set, and nothing can be uploaded here. */
  readonly blobs: BlobStore | null;
  readonly maxUploadBytes: number;
  /** Within so long a body must go on, by more than a trickle. */
  readonly stallMs: number;
  readonly logger: Logger;
  readonly metrics: { uploaded(outcome: "kept" | "known" | "refused", bytes?: number): void };
}

/** UPLOADS_DISABLED when there is none. */
export function blobsOf(parts: Pick<UploadParts, "blobs">): BlobStore {
  if (parts.blobs !== null) return parts.blobs;
  throw new AppError("UPLOADS_DISABLED", "This coordinator has no place for uploads.");
}
