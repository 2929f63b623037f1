import { createHash } from "node:crypto";
import {
  type KeptUpload,
  keptUploadSchema,
  resumableUploadSchema,
  type Upload,
  uploadSchema,
  formatSource,
  uploadVersion,
} from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { pause } from "./back-off.ts";
import { callForText, callJson, type HttpTarget, retryDelayMs } from "./http-call.ts";
import { openUploadSource, type UploadSource } from "./upload-source.ts";

export interface UploadProgress {
  /** Bytes that the server has for sure. */
  readonly sentBytes: number;
  /** null for a stream. */
  readonly totalBytes: number | null;
}

export interface UploadOptions {
  /** What it is called; default: the file's own name. */
  name?: string;
  onProgress?: (progress: UploadProgress) => void;
  signal?: AbortSignal;
  /** From this size on it is sent in pieces and goes on where a broken connection left it. Default 64 MB. */
  resumableFromBytes?: number;
  /** It is likely there: the server is asked by its hash before a byte is sent. Large ones are asked for in any case. */
  askFirst?: boolean;
  /** Where uploads in pieces stand, for another process to go on with after the death of this one. A Map will do. */
  unfinished?: UnfinishedUploads;
}

/** The server's ids of uploads in pieces that have begun and not ended, by the SHA-256 of their bytes. */
export type UnfinishedUploads = Pick<Map<string, string>, "get" | "set" | "delete">;

const RESUMABLE_FROM_BYTES = 64 << 20;
/** One request: what is sent again at most, and how often progress is told. */
const PIECE_BYTES = 32 << 20;
/** Failures in a row, without a byte in between, after which the error is the caller's. */
const MAX_FAILURES = 8;
const RESUMABLE = "/v1/uploads/resumable";
const TUS = { "tus-resumable": "1.0.0" };

/** See `SluiceClient.upload`. Throws ApiError, PATH_NOT_FOUND or USAGE. */
export async function upload(target: HttpTarget, source: UploadSource, options: UploadOptions = {}): Promise<Upload> {
  const opened = await openUploadSource(source);
  const name = options.name ?? opened.name;
  const { body } = opened;
  if (body instanceof Blob) {
    const inPieces = body.size >= (options.resumableFromBytes ?? RESUMABLE_FROM_BYTES);
    const named = { ...options, name: name ?? "unnamed" };
    if (inPieces || options.askFirst === true) {
      const contentHash = await hashOf(body, options.signal);
      const known = await knownUpload(target, body, contentHash, named);
      if (known !== null) return known;
      if (inPieces) return await uploadInPieces(target, body, contentHash, named);
    }
  }
  const call = {
    method: "POST" as const,
    path: "/v1/uploads",
    query: { name },
    body,
    contentType: "application/octet-stream",
    // Equal bytes are kept once, so sending them twice is sending them once.
    repeatable: body instanceof Blob,
    ...signalOf(options),
  };
  const kept = await callJson(target, call, uploadSchema);
  options.onProgress?.({ sentBytes: kept.sizeBytes, totalBytes: body instanceof Blob ? body.size : null });
  return kept;
}

type PiecesOptions = UploadOptions & { name: string };

/** What the server has already needs no sending. */
async function knownUpload(
  target: HttpTarget,
  body: Blob,
  contentHash: string,
  options: PiecesOptions,
): Promise<Upload | null> {
  if ((await findKept(target, contentHash, options)) === null) return null;
  options.onProgress?.({ sentBytes: body.size, totalBytes: body.size });
  const uri = formatSource({ scheme: "upload", contentHash, name: options.name });
  return { uri, contentHash, sizeBytes: body.size, sourceVersion: uploadVersion(contentHash), known: true };
}

async function uploadInPieces(
  target: HttpTarget,
  body: Blob,
  contentHash: string,
  options: PiecesOptions,
): Promise<Upload> {
  const { unfinished } = options;
  const id = (await stillThere(target, unfinished?.get(contentHash), options)) ?? (await begin());
  unfinished?.set(contentHash, id);
  const kept = await sendPieces(target, `${RESUMABLE}/${id}`, body, options);
  unfinished?.delete(contentHash);
  // It may have begun under another name; equal bytes are called as one likes.
  return { ...kept, uri: formatSource({ scheme: "upload", contentHash, name: options.name }) };

  async function begin(): Promise<string> {
    const metadata = { filename: options.name, sha256: contentHash };
    const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
    const headers = { ...TUS, "upload-length": String(body.size), "upload-metadata": pairs.join(",") };
    // An upload that was begun twice expires once.
    const call = { method: "POST" as const, path: RESUMABLE, headers, repeatable: true, ...signalOf(options) };
    return (await callJson(target, call, resumableUploadSchema)).uploadId;
  }
}

/** The id, unless what it stands for has expired, is of somebody else, or was never begun. */
async function stillThere(target: HttpTarget, id: string | undefined, options: PiecesOptions): Promise<string | null> {
  if (id === undefined) return null;
  const path = `${RESUMABLE}/${encodeURIComponent(id)}`;
  const call = { method: "GET" as const, path, headers: TUS, repeatable: true, ...signalOf(options) };
  try {
    return (await callJson(target, call, resumableUploadSchema)).uploadId;
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && !error.retryable) return null;
    throw error;
  }
}

async function sendPieces(target: HttpTarget, path: string, body: Blob, options: PiecesOptions): Promise<Upload> {
  let offset = 0;
  let failures = 0;
  for (;;) {
    try {
      const standing = await callJson(
        target,
        { method: "GET", path, headers: TUS, repeatable: false, ...signalOf(options) },
        resumableUploadSchema,
      );
      if (standing.receivedBytes > offset) failures = 0;
      offset = standing.receivedBytes;
      if (standing.upload !== null) return standing.upload;
      while (offset < body.size) {
        offset = await sendPiece(target, path, { body, offset }, options);
        failures = 0;
        options.onProgress?.({ sentBytes: offset, totalBytes: body.size });
      }
    } catch (error) {
      failures += 1;
      const waitMs = failures < MAX_FAILURES ? delayMs(error, failures) : null;
      if (waitMs === null) throw error;
      await pause(waitMs, options.signal);
    }
  }
}

async function sendPiece(
  target: HttpTarget,
  path: string,
  { body, offset }: { body: Blob; offset: number },
  options: PiecesOptions,
): Promise<number> {
  const end = Math.min(offset + PIECE_BYTES, body.size);
  await callForText(target, {
    method: "PATCH",
    path,
    headers: { ...TUS, "upload-offset": String(offset) },
    body: body.slice(offset, end),
    contentType: "application/offset+octet-stream",
    repeatable: false,
    ...signalOf(options),
  });
  return end;
}

/** An upload that stands elsewhere than was thought is asked where it stands. */
function delayMs(error: unknown, failures: number): number | null {
  if (error instanceof ApiError && error.code === "CONFLICT") return 0;
  return retryDelayMs(error, failures);
}

async function hashOf(body: Blob, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of body.stream()) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest("hex");
}

async function findKept(target: HttpTarget, hash: string, options: UploadOptions): Promise<KeptUpload | null> {
  const call = { method: "GET" as const, path: `/v1/uploads/${hash}`, repeatable: true, ...signalOf(options) };
  try {
    return await callJson(target, call, keptUploadSchema);
  } catch (error) {
    if (error instanceof ApiError && error.code === "UPLOAD_NOT_FOUND") return null;
    throw error;
  }
}

function signalOf({ signal }: UploadOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
