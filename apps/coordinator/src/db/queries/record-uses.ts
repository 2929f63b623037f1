import type { Client } from "../database.ts";

/** Notes that a batch points at documents that another one stored first: they stay when that one is deleted. */
export async function recordUses(client: Client, batchId: string, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  const inOrder = [...new Set(hashes)].sort();
  await client.query({
    name: "record-uses",
    text: `insert into document_uses (content_hash, batch_id) select hash, $1 from unnest($2::bytea[]) as h (hash)
           on conflict do nothing`,
    values: [batchId, inOrder.map((hash) => Buffer.from(hash, "hex"))],
  });
}
