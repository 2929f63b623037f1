import { AppError } from "@sluice/contracts";
import { translateDatabaseError } from "../db/database-error.ts";
import { blobsOf, type UploadParts } from "./upload-parts.ts";

/**
 * An answer with uploaded bytes, all or the one range asked for. Everything that came from outside is served as bytes to be
 * saved: no browser may take it for a page of this server. UPLOAD_NOT_FOUND when they are not (here).
 */
export async function readBlob(parts: UploadParts, contentHash: string, range: string | undefined): Promise<Response> {
  const blobs = blobsOf(parts);
  const found = await findBlob(parts, contentHash);
  const size = found?.size_bytes ?? 0;
  const wanted = parseRange(range, size);
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
    "accept-ranges": "bytes",
  };
  if (wanted === "none") {
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${size}` } });
  }
  const { start, end } = wanted ?? { start: 0, end: size };
  const bytes = found === undefined ? null : await blobs.read(found.blob_name, { start, end });
  if (bytes === null) throw new AppError("UPLOAD_NOT_FOUND", `Nothing with the SHA-256 ${contentHash} is here.`);
  return new Response(bytes instanceof Blob ? bytes.stream() : bytes, {
    status: wanted === null ? 200 : 206,
    headers: {
      ...headers,
      "content-length": String(end - start),
      ...(wanted === null ? {} : { "content-range": `bytes ${start}-${end - 1}/${size}` }),
    },
  });
}

export async function findBlob({ database }: Pick<UploadParts, "database">, contentHash: string) {
  try {
    const { rows } = await database.pool.query<{ blob_name: string; size_bytes: number }>(
      "select blob_name, size_bytes from uploads where content_hash = $1",
      [Buffer.from(contentHash, "hex")],
    );
    return rows[0];
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** One range of bytes (RFC 9110); null: all of them, as for what is no such range. "none": it lies behind the end. */
export function parseRange(header: string | undefined, size: number): { start: number; end: number } | "none" | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const start = Math.max(0, size - Number(last));
    return start === size ? "none" : { start, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (end <= start && last !== "" && Number(last) < start) return null;
  return start >= size ? "none" : { start, end };
}
