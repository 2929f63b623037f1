import { AppError, type ItemSubmission, parseSource, uploadVersion } from "@sluice/contracts";
import type { Client } from "../db/database.ts";
import { BATCH_MAY_HOLD } from "./holds-upload.ts";

interface Claimed {
  readonly ordinal: number;
  readonly contentHash: string;
  /** It is a member of the archive that was uploaded. */
  readonly isMember: boolean;
}

/**
 * Makes a batch hold on to the uploads that its new items name, in the transaction that takes them in, and returns the items
 * with the size and version that those bytes have. UPLOAD_NOT_FOUND and BAD_REQUEST name the first item at fault: what only
 * others have sent is not there.
 *
 * The rows of `uploads` are changed, not only read: the sweep that would delete one of them waits, and looks again.
 */
export async function claimUploads<Item extends ItemSubmission>(
  client: Client,
  batchId: string,
  items: readonly Item[],
): Promise<readonly Item[]> {
  const claims = items.flatMap((item): Claimed[] => {
    if (!item.uri.startsWith("upload:")) return [];
    const source = parseSource(item.uri);
    if (source?.place.scheme !== "upload") throw malformed(item.ordinal);
    return [{ ordinal: item.ordinal, contentHash: source.place.contentHash, isMember: source.member !== null }];
  });
  if (claims.length === 0) return items;
  const sizes = await holdOn(client, batchId, new Set(claims.map(({ contentHash }) => contentHash)));
  const missing = claims.find(({ contentHash }) => !sizes.has(contentHash));
  if (missing !== undefined) throw notFound(missing);
  const claimOf = new Map(claims.map((claim) => [claim.ordinal, claim]));
  return items.map((item) => {
    const claim = claimOf.get(item.ordinal);
    // The size of a member is its archive's to say.
    if (claim === undefined || claim.isMember) return item;
    const sizeBytes = sizes.get(claim.contentHash) ?? item.sizeBytes;
    return { ...item, sizeBytes, sourceVersion: uploadVersion(claim.contentHash) };
  });
}

/** In the order of hashes, so that two batches that take the same uploads in do not wait for each other in a circle. */
async function holdOn(client: Client, batchId: string, hashes: ReadonlySet<string>): Promise<Map<string, number>> {
  const { rows } = await client.query<{ hash: string; size_bytes: number }>(
    `with held as (
       select u.content_hash from uploads u join batches b on b.id = $2
        where u.content_hash = any($1::bytea[]) and ${BATCH_MAY_HOLD} order by u.content_hash for update of u),
     used as (
       update uploads u set used_at = now() from held where u.content_hash = held.content_hash
       returning u.content_hash, u.size_bytes),
     referred as (
       insert into batch_uploads (content_hash, batch_id) select content_hash, $2 from used on conflict do nothing)
     select encode(content_hash, 'hex') as hash, size_bytes from used`,
    [[...hashes].map((hash) => Buffer.from(hash, "hex")), batchId],
  );
  return new Map(rows.map((row) => [row.hash, row.size_bytes]));
}

function malformed(ordinal: number): AppError {
  return new AppError("BAD_REQUEST", `Item ${ordinal}: expected upload://<SHA-256>/<percent-encoded name>.`, {
    context: { ordinal },
  });
}

function notFound({ ordinal, contentHash }: Claimed): AppError {
  return new AppError("UPLOAD_NOT_FOUND", `Item ${ordinal}: nothing with the SHA-256 ${contentHash} is here.`, {
    context: { ordinal, contentHash },
  });
}
