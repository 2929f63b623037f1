import type { Stored } from "../../commit/plan-commit.ts";
import type { Client } from "../database.ts";

/**
 * Which of these content hashes (hexadecimal) have their document and their label stored. Each is looked up by its key, whatever
 * the server's statistics say: a join would be free to read whole tables for each shard. Documents that are found are held to the end
 * of the transaction, in the order of their hashes: a batch that is deleted meanwhile does not take them with it.
 */
export async function findStored(
  client: Client,
  { batchId, extractHash, classifyHash }: { batchId: string; extractHash: Buffer; classifyHash: Buffer | null },
  hashes: readonly string[],
): Promise<Stored> {
  if (hashes.length === 0) return { documents: new Map(), labels: new Map(), others: new Set() };
  const { rows } = await client.query({
    name: "find-stored",
    text: `select encode(h.hash, 'hex') as hash, d.page_count, d.size_bytes, d.needs_ocr, d.first_batch_id <> $4 as others,
              c.state as label
       from unnest($1::bytea[]) as h (hash)
       left join lateral (
         select page_count, size_bytes, needs_ocr, first_batch_id from documents
          where content_hash = h.hash and extract_hash = $2 limit 1 for key share) d on true
       left join lateral (
         select state from classifications
          where content_hash = h.hash and extract_hash = $2 and classify_hash = $3 limit 1) c on true
      where d.page_count is not null or c.state is not null`,
    values: [hashes.toSorted().map((hash) => Buffer.from(hash, "hex")), extractHash, classifyHash, batchId],
  });
  return {
    documents: new Map(
      rows.flatMap((row) =>
        row.page_count === null
          ? []
          : [[row.hash, { pages: row.page_count, bytes: row.size_bytes, needsOcr: row.needs_ocr }] as const],
      ),
    ),
    labels: new Map(rows.flatMap((row) => (row.label === null ? [] : [[row.hash, row.label] as const]))),
    others: new Set(rows.flatMap((row) => (row.others === true ? [row.hash] : []))),
  };
}
