import { parseUploadUri } from "@sluice/contracts";
import type { BlobLinks } from "../blobs/blob-links.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Database } from "../db/database.ts";
import type { PendingItem } from "../db/queries/load-shard-items.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Beside the time that its documents may take: the way to the worker, and reading the bytes. */
const MARGIN_SECONDS = 300;
/** S3 signs for a week at most, and no shard takes so long. */
const LONGEST_SECONDS = 86_400;

export interface LinkParts {
  readonly database: Database;
  readonly blobs: BlobStore | null;
  readonly blobLinks: BlobLinks;
}

/** Items of one shard, those that are uploads (or members of one) with a link that holds as long as the shard may take. */
export async function linkUploads(
  parts: LinkParts,
  items: readonly PendingItem[],
  { documentTimeoutMs }: { documentTimeoutMs: number },
): Promise<readonly PendingItem[]> {
  const hashes = new Map<number, string>();
  for (const { ordinal, uri } of items) {
    const source = uri.startsWith("upload:") ? parseUploadUri(uri) : null;
    if (source !== null) hashes.set(ordinal, source.contentHash);
  }
  if (hashes.size === 0) return items;
  const seconds = Math.min(MARGIN_SECONDS + (items.length * documentTimeoutMs) / 1_000, LONGEST_SECONDS);
  const linkTo = await linker(parts, new Set(hashes.values()), seconds);
  return items.map((item) => {
    const hash = hashes.get(item.ordinal);
    return hash === undefined ? item : { ...item, fetchUrl: linkTo(hash) };
  });
}

/** A store that workers can reach by themselves saves the coordinator the bytes. */
async function linker(
  { database, blobs, blobLinks }: LinkParts,
  hashes: ReadonlySet<string>,
  seconds: number,
): Promise<(hash: string) => string> {
  const names = blobs?.linkTo("any", seconds) == null ? new Map<string, string>() : await blobNames(database, hashes);
  return (hash) => {
    const name = names.get(hash);
    return (name === undefined ? null : blobs?.linkTo(name, seconds)) ?? blobLinks.pathTo(hash, seconds);
  };
}

async function blobNames({ pool }: Database, hashes: ReadonlySet<string>): Promise<Map<string, string>> {
  try {
    const { rows } = await pool.query<{ hash: string; blob_name: string }>(
      "select encode(content_hash, 'hex') as hash, blob_name from uploads where content_hash = any($1::bytea[])",
      [[...hashes].map((hash) => Buffer.from(hash, "hex"))],
    );
    return new Map(rows.map((row) => [row.hash, row.blob_name]));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
