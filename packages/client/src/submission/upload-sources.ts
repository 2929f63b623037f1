import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { AppError, displayUri, filePathBytes, type Upload } from "@sluice/contracts";
import type { UploadManyOptions, UploadOutcome } from "../upload-many.ts";
import type { UploadSource } from "../upload-source.ts";
import type { ListingFault } from "./source-listing.ts";
import type { SourceSubmission } from "./submit-items.ts";

export interface UploadSourcesOptions {
  /** A file that cannot be sent, and why; the others are. */
  readonly onFault: (fault: ListingFault) => void;
  /** What an upload is called: its path from here on. Default: the file's own name. */
  readonly below?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Uploader {
  uploadMany(sources: AsyncIterable<UploadSource>, options?: UploadManyOptions): AsyncIterable<UploadOutcome>;
}

/** What ends with a file, and does not concern the next one. */
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  "PATH_NOT_FOUND",
  "USAGE",
  "SOURCE_NOT_FOUND",
  "SOURCE_UNREADABLE",
  "PAYLOAD_TOO_LARGE",
  "CHECKSUM_MISMATCH",
]);

/**
 * Sends the bytes of files to the server, a few at a time, and yields them as sources that its workers can read, in the order
 * in which they came. What the server has already is known by its hash. Throws ApiError.
 */
export async function* uploadSources(
  client: Uploader,
  files: AsyncIterable<SourceSubmission>,
  options: UploadSourcesOptions,
): AsyncGenerator<SourceSubmission, void, undefined> {
  const names = new Map<UploadSource, { name: string; uri: string }>();
  const blobs = openFiles(files, names, options);
  const uploading = client.uploadMany(blobs, {
    nameOf: (source) => names.get(source)?.name,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  for await (const outcome of uploading) {
    const uri = names.get(outcome.source)?.uri ?? "";
    names.delete(outcome.source);
    if ("upload" in outcome) yield sourceOf(outcome.upload);
    else options.onFault(faultOf(uri, outcome.error));
  }
}

async function* openFiles(
  files: AsyncIterable<SourceSubmission>,
  names: Map<UploadSource, { name: string; uri: string }>,
  { below, onFault }: UploadSourcesOptions,
): AsyncGenerator<UploadSource, void, undefined> {
  for await (const { uri } of files) {
    const path = Buffer.from(filePathBytes(uri) ?? []);
    const shown = path.toString();
    try {
      const blob = await openAsBlob(path);
      const inside = below !== undefined && shown.startsWith(`${below}/`);
      names.set(blob, { uri, name: inside ? shown.slice(below.length + 1) : basename(shown) });
      yield blob;
    } catch (error) {
      onFault({ uri, code: "SOURCE_UNREADABLE", message: `${displayUri(uri)}: ${reasonOf(error)}` });
    }
  }
}

function sourceOf({ uri, sizeBytes, sourceVersion }: Upload): SourceSubmission {
  return { uri, sizeBytes, sourceVersion };
}

/** Throws what concerns the other files as well: a server that is gone, a disk that is full, a token that is none. */
function faultOf(uri: string, error: unknown): ListingFault {
  if (!(error instanceof AppError) || !OF_ONE_FILE.has(error.code)) throw error;
  return { uri, code: error.code, message: `${displayUri(uri)}: ${error.message}` };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
