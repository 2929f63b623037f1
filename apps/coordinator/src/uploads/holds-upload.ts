import type { Client } from "../db/database.ts";

/**
 * SQL: whether the upload `u` is for somebody who sees only what `who` (SQL of a text) has sent and what nobody owns. Knowing a
 * hash is not having the bytes: it stands in manifests and in other people's logs. Ids of tokens have 36 characters, roles less.
 */
export function holdsUpload(who: string): string {
  return `(length(coalesce(u.uploaded_by, '')) <> 36 or u.uploaded_by = ${who} or exists (
    select 1 from upload_holders h
     where h.content_hash = u.content_hash and (h.uploaded_by = ${who} or length(h.uploaded_by) <> 36)))`;
}

/**
 * SQL: whether the upload `u` may become part of the batch `b`: what its owner has sent, anything for an administrator, and
 * what nobody owns for a batch that nobody owns, which every submitter sees.
 */
export const BATCH_MAY_HOLD = `(${holdsUpload("coalesce(b.created_by::text, '')")}
  or exists (select 1 from tokens t where t.id = b.created_by and t.role = 'admin'))`;

/** Whether a batch may look into an upload. False when either is not there. */
export async function batchMayHold(
  client: Pick<Client, "query">,
  { batchId, contentHash }: { batchId: string; contentHash: string },
): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from uploads u join batches b on b.id = $1 where u.content_hash = $2 and ${BATCH_MAY_HOLD}`,
    [batchId, Buffer.from(contentHash, "hex")],
  );
  return rows.length > 0;
}
