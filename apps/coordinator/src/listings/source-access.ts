import type { RandomReader } from "@sluice/sources/archives";
import type { FileRoots } from "@sluice/sources/files";
import type { RemoteSources } from "@sluice/sources/remote";

/** Uploaded bytes: their size, and a reader of them; null when they are not kept. */
export interface UploadedBytes {
  read(contentHash: string): Promise<RandomReader | null>;
}

export interface SourceAccess {
  readonly remote: RemoteSources;
  /** null: this coordinator lists no files of its own machine. */
  readonly fileRoots: FileRoots | null;
  readonly uploads: UploadedBytes | null;
}

export interface ListingTask {
  readonly source: string;
  readonly below: string;
  readonly cursor: unknown;
  /** false: an archive is a document like any other. */
  readonly expandArchives: boolean;
}
