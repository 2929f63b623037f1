import type { ClassifyState, ItemSubmission } from "@sluice/contracts";
import type { Client } from "../database.ts";

export interface UnchangedSource {
  readonly contentHash: Buffer;
  readonly classifyState: ClassifyState;
  readonly pages: number;
  readonly bytes: number;
  readonly needsOcr: boolean;
}

/**
 * Of these sources, those that an earlier item has stored at the same version under the same extract hash, and, when a
 * label is asked for, whose label is stored under the same classify hash. By ordinal.
 */
export async function findUnchanged(
  client: Client,
  hashes: { extractHash: Buffer; classifyHash: Buffer | null },
  items: readonly ItemSubmission[],
  sourceKeys: readonly bigint[],
): Promise<Map<number, UnchangedSource>> {
  const { rows } = await client.query(
    `select n.ordinal, earlier.*
       from unnest($1::int[], $2::bigint[], $3::text[], $4::text[]) as n (ordinal, source_key, uri, source_version)
      cross join lateral (
        select i.content_hash, c.state as label, d.page_count, d.size_bytes, d.needs_ocr
          from items i
          join batches b on b.id = i.batch_id and b.extract_hash = $5
          join documents d on d.content_hash = i.content_hash and d.extract_hash = $5
          left join classifications c
            on c.content_hash = i.content_hash and c.extract_hash = $5 and c.classify_hash = $6
         where i.source_key = n.source_key and i.uri = n.uri and i.source_version = n.source_version
           and i.extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
           and ($6::bytea is null or c.state is not null)
         limit 1) earlier`,
    [
      items.map((item) => item.ordinal),
      sourceKeys.map(String),
      items.map((item) => item.uri),
      items.map((item) => item.sourceVersion),
      hashes.extractHash,
      hashes.classifyHash,
    ],
  );
  return new Map(
    rows.map((row) => [
      row.ordinal,
      {
        contentHash: row.content_hash,
        classifyState: hashes.classifyHash === null ? "none" : row.label,
        pages: row.page_count,
        bytes: row.size_bytes,
        needsOcr: row.needs_ocr,
      },
    ]),
  );
}
