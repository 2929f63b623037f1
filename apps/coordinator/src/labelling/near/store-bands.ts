import type { Client } from "../../db/database.ts";
import type { LabelPlan } from "../plan-labels.ts";

/** Makes what an LLM has labelled findable by its near-duplicates, in the transaction that stores its labels. */
export async function storeBands(
  client: Client,
  labels: LabelPlan["labels"],
  bands: ReadonlyMap<string, readonly bigint[]>,
): Promise<void> {
  const rows = labels.flatMap(({ contentHash, classification: { source, state } }) =>
    source === "llm" && state !== "no_text"
      ? (bands.get(contentHash) ?? []).map((band) => ({ band, hash: Buffer.from(contentHash, "hex") }))
      : [],
  );
  if (rows.length === 0) return;
  // In one order: two commits that store the same never wait for each other in a circle.
  rows.sort((left, right) =>
    left.band < right.band ? -1 : left.band > right.band ? 1 : left.hash.compare(right.hash),
  );
  await client.query({
    name: "store-near-duplicate-bands",
    text: `insert into near_duplicate_bands (band, content_hash)
           select * from unnest($1::bigint[], $2::bytea[]) on conflict do nothing`,
    values: [rows.map(({ band }) => String(band)), rows.map(({ hash }) => hash)],
  });
}
