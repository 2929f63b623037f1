import { parseSource } from "@sluice/contracts";
import type { BlobLinks } from "../blobs/blob-links.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Database } from "../db/database.ts";
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

/**
 * Items of one shard, those that are uploads (or members of one) with a link that holds as long as the shard may take: the
 * same one for all that lie in one upload.
 */
export async function linkUploads<Item extends { ordinal: number; uri: string }>(
  parts: LinkParts,
  items: readonly Item[],
  { documentTimeoutMs }: { documentTimeoutMs: number },
): Promise<readonly (Item & { readonly fetchUrl?: string })[]> {
  const hashes = new Map<number, string>();
  for (const { ordinal, uri } of items) {
    const place = uri.startsWith("upload:") ? parseSource(uri)?.place : undefined;
    if (place?.scheme === "upload") hashes.set(ordinal, place.contentHash);
  }
  if (hashes.size === 0) return items;
  const seconds = Math.min(MARGIN_SECONDS + (items.length * documentTimeoutMs) / 1_000, LONGEST_SECONDS);
  const links = await linksTo(parts, new Set(hashes.values()), seconds);
  return items.map((item) => {
    const fetchUrl = links.get(hashes.get(item.ordinal) ?? "");
    return fetchUrl === undefined ? item : { ...item, fetchUrl };
  });
}

/** A store that workers can reach by themselves saves the coordinator the bytes. */
async function linksTo(
  { database, blobs, blobLinks }: LinkParts,
  hashes: ReadonlySet<string>,
  seconds: number,
): Promise<Map<string, string>> {
  const names = blobs?.linkTo("any", seconds) == null ? new Map<string, string>() : await blobNames(database, hashes);
  return new Map(
    [...hashes].map((hash) => {
      const name = names.get(hash);
      return [hash, (name === undefined ? null : blobs?.linkTo(name, seconds)) ?? blobLinks.pathTo(hash, seconds)];
    }),
  );
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
