import type { ClassifyState, ItemSubmission } from "@sluice/contracts";
import type { Client } from "../database.ts";
import { findStored } from "./find-stored.ts";

/** A source with its `sourceKey`. */
export interface KeyedSource extends ItemSubmission {
  readonly sourceKey: bigint;
}

export interface UnchangedSource {
  readonly contentHash: Buffer;
  readonly classifyState: ClassifyState;
  readonly pages: number;
  readonly bytes: number;
  readonly needsOcr: boolean;
  /** Another batch stored the document first. */
  readonly ofAnother: boolean;
}

/**
 * Of these sources, those that an earlier item has stored at the same version and whose document is there under this
 * extract hash, and, when a label is asked for, its label under this classify hash. By ordinal.
 */
export async function findUnchanged(
  client: Client,
  hashes: { batchId: string; extractHash: Buffer; classifyHash: Buffer | null; labelQueue: string | null },
  items: readonly KeyedSource[],
): Promise<Map<number, UnchangedSource>> {
  const earlier = await findEarlier(client, items);
  const stored = await findStored(client, hashes, [...new Set(earlier.values())]);
  // Where labels are given in a stage of their own, nothing need be read for one.
  const withoutLabel = hashes.labelQueue === null ? undefined : "pending";
  const unchanged = new Map<number, UnchangedSource>();
  for (const [ordinal, hash] of earlier) {
    const document = stored.documents.get(hash);
    const label = hashes.classifyHash === null ? "none" : (stored.labels.get(hash) ?? withoutLabel);
    if (document === undefined || label === undefined) continue;
    const ofAnother = stored.others.has(hash);
    unchanged.set(ordinal, { contentHash: Buffer.from(hash, "hex"), classifyState: label, ofAnother, ...document });
  }
  return unchanged;
}

/** Content hashes in hexadecimal by ordinal. Joins nothing inside: with few statistics that would be a scan an item. */
async function findEarlier(client: Client, items: readonly KeyedSource[]): Promise<Map<number, string>> {
  const { rows } = await client.query<{ ordinal: number; hash: string }>(
    `select n.ordinal, encode(earlier.content_hash, 'hex') as hash
       from unnest($1::int[], $2::bigint[], $3::text[], $4::text[]) as n (ordinal, source_key, uri, source_version)
      cross join lateral (
        select i.content_hash from items i
         where i.source_key = n.source_key and i.uri = n.uri and i.source_version = n.source_version
           and i.extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
         limit 1) earlier`,
    [
      items.map((item) => item.ordinal),
      items.map((item) => String(item.sourceKey)),
      items.map((item) => item.uri),
      items.map((item) => item.sourceVersion),
    ],
  );
  return new Map(rows.map((row) => [row.ordinal, row.hash]));
}
