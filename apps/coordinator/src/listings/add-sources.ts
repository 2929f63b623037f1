import { AppError, parseSource, type SourceFilter } from "@sluice/contracts";
import type { Client } from "../db/database.ts";

/** BAD_REQUEST names the first source that is none. */
export function checkSources(sources: readonly string[]): void {
  for (const [index, source] of sources.entries()) {
    const parsed = parseSource(source);
    const fault = parsed === null ? "is no source" : parsed.member === null ? null : "is a member of an archive";
    if (fault === null) continue;
    const message = `sources[${index}] ${fault}: give s3://bucket/prefix, https://host/file, file:///path or upload://…`;
    throw new AppError("BAD_REQUEST", message, { context: { index } });
  }
}

/** Makes a batch that was just opened one that lists its sources, which `checkSources` has seen. */
export async function addSources(
  client: Client,
  batchId: string,
  sources: readonly string[],
  filter: SourceFilter,
): Promise<void> {
  await client.query("update batches set lists_sources = true, source_filter = $2 where id = $1", [
    batchId,
    JSON.stringify(filter),
  ]);
  await insertListings(
    client,
    batchId,
    sources.map((source) => ({ source: parseSource(source)?.uri ?? source, below: "" })),
  );
}

export interface NewListing {
  readonly source: string;
  readonly below: string;
}

/** Behind those that the batch, which the caller has locked, has already. */
export async function insertListings(client: Client, batchId: string, listings: readonly NewListing[]): Promise<void> {
  if (listings.length === 0) return;
  await client.query(
    `insert into listings (batch_id, number, source, below)
     select $1, (select coalesce(max(number), -1) from listings where batch_id = $1) + n.at::int, n.source, n.below
       from unnest($2::text[], $3::text[]) with ordinality as n (source, below, at)`,
    [batchId, listings.map((listing) => listing.source), listings.map((listing) => listing.below)],
  );
}
