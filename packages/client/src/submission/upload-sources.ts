import { constants, openAsBlob } from "node:fs";
import { access } from "node:fs/promises";
import { basename } from "node:path";
import { AppError, displayUri, memberUri, parseSource, type Upload } from "@sluice/contracts";
import type { UnfinishedUploads, UploadOptions } from "../upload.ts";
import type { UploadSource } from "../upload-source.ts";
import type { ListingFault } from "./source-listing.ts";
import type { SourceSubmission } from "./submit-items.ts";

export interface UploadSourcesOptions {
  /** A file that cannot be sent, and why; the others are. */
  readonly onFault: (fault: ListingFault) => void;
  /** What an upload is called: its path from here on. Default: the file's own name. */
  readonly below?: string | undefined;
  /** So many sources an earlier try has handed in: the server is asked for them before their bytes are sent again. */
  readonly handedIn?: number | undefined;
  readonly unfinished?: UnfinishedUploads | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Uploader {
  upload(source: UploadSource, options?: UploadOptions): Promise<Upload>;
}

/** Files on their way at a time. */
const CONCURRENCY = 4;
/** Members of archives that are known before the archive has arrived. */
const MOST_WAITING = 10_000;

/** What ends with a file, and does not concern the next one. */
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  "PATH_NOT_FOUND",
  "USAGE",
  "SOURCE_NOT_FOUND",
  "SOURCE_UNREADABLE",
  "PAYLOAD_TOO_LARGE",
  "CHECKSUM_MISMATCH",
  "BAD_REQUEST",
]);

/** A file that is being sent. Its members, or itself, are sources when it has arrived. */
interface Sending {
  readonly uri: string;
  readonly outcome: Promise<{ readonly upload: Upload } | { readonly error: unknown }>;
  /** An archive that cannot be sent is one fault, however many members it has. */
  told: boolean;
}

/**
 * Sends the bytes of files to the server, a few at a time, and yields them as sources that its workers can read, in the order
 * in which they came: an archive once, and of it each member that was listed. Throws ApiError.
 */
export async function* uploadSources(
  client: Uploader,
  files: AsyncIterable<SourceSubmission>,
  options: UploadSourcesOptions,
): AsyncGenerator<SourceSubmission, void, undefined> {
  const waiting: { readonly of: Sending; readonly source: SourceSubmission; readonly member: string | null }[] = [];
  let sending: Sending | undefined;
  let onTheirWay = 0;
  let listed = 0;
  const left = new AbortController();
  const signal = options.signal === undefined ? left.signal : AbortSignal.any([options.signal, left.signal]);

  async function* arrived(): AsyncGenerator<SourceSubmission, void, undefined> {
    const first = waiting.shift();
    if (first === undefined) return;
    const { of, source, member } = first;
    if (waiting[0]?.of !== of) onTheirWay -= 1;
    const outcome = await of.outcome;
    if ("upload" in outcome) yield sourceOf(outcome.upload, source, member);
    else if (!of.told) {
      of.told = true;
      options.onFault(faultOf(of.uri, outcome.error));
    }
  }

  try {
    for await (const source of files) {
      options.signal?.throwIfAborted();
      const { uri, member } = containerOf(source.uri);
      // Members of one archive are listed one behind the other.
      if (sending === undefined || sending.uri !== uri || member === null) {
        sending = {
          uri,
          outcome: send(client, uri, listed < (options.handedIn ?? 0), { ...options, signal }),
          told: false,
        };
        onTheirWay += 1;
      }
      listed += 1;
      waiting.push({ of: sending, source, member });
      while (onTheirWay > CONCURRENCY || waiting.length > MOST_WAITING) yield* arrived();
    }
    while (waiting.length > 0) yield* arrived();
  } finally {
    // Whoever stops taking sources wants no more bytes sent.
    left.abort();
  }
}

function containerOf(uri: string): { uri: string; member: string | null } {
  const parsed = parseSource(uri);
  return parsed === null ? { uri, member: null } : { uri: parsed.uri, member: parsed.member };
}

/** Never rejects: whoever comes to it in its turn is told. */
async function send(
  client: Uploader,
  uri: string,
  askFirst: boolean,
  { below, unfinished, signal }: UploadSourcesOptions,
): Promise<{ upload: Upload } | { error: unknown }> {
  try {
    const place = parseSource(uri)?.place;
    if (place?.scheme !== "file") throw new AppError("USAGE", "it is no file of this machine");
    const path = Buffer.from(place.path);
    const shown = path.toString();
    const inside = below !== undefined && shown.startsWith(`${below}/`);
    const upload = await client.upload(await open(path), {
      name: inside ? shown.slice(below.length + 1) : basename(shown),
      askFirst,
      ...(unfinished === undefined ? {} : { unfinished }),
      ...(signal === undefined ? {} : { signal }),
    });
    return { upload };
  } catch (error) {
    return { error };
  }
}

async function open(path: Buffer): Promise<Blob> {
  try {
    // Bun opens what is not there, too, as a Blob without a byte.
    await access(path, constants.R_OK);
    return await openAsBlob(path);
  } catch (error) {
    throw new AppError("SOURCE_UNREADABLE", error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A member has its own size, and the version of the archive that it lies in. */
function sourceOf(upload: Upload, source: SourceSubmission, member: string | null): SourceSubmission {
  const { uri, sizeBytes, sourceVersion } = upload;
  if (member === null) return { uri, sizeBytes, sourceVersion };
  return { uri: memberUri(uri, member), sizeBytes: source.sizeBytes, sourceVersion };
}

/** Throws what concerns the other files as well: a server that is gone, a disk that is full, a token that is none. */
function faultOf(uri: string, error: unknown): ListingFault {
  if (!(error instanceof AppError) || !OF_ONE_FILE.has(error.code)) throw error;
  return { uri, code: error.code, message: `${displayUri(uri)}: ${error.message}` };
}
