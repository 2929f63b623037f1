import type { ClassifyState, ExtractState } from "@sluice/contracts";
import type { Client } from "../database.ts";

export interface NewItem {
  readonly ordinal: number;
  readonly uri: string;
  readonly sourceVersion: string;
  readonly sizeBytes: number;
  readonly sourceKey: bigint;
  readonly extractState: ExtractState;
  readonly classifyState: ClassifyState;
  readonly shardId: string | null;
  readonly contentHash: Buffer | null;
}

export async function insertItems(client: Client, batchId: string, items: readonly NewItem[]): Promise<void> {
  await client.query(
    `insert into items (batch_id, ordinal, uri, source_version, size_bytes, source_key, extract_state, classify_state,
                        shard_id, content_hash)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[],
                              $9::uuid[], $10::bytea[])`,
    [
      batchId,
      items.map((item) => item.ordinal),
      items.map((item) => item.uri),
      items.map((item) => item.sourceVersion),
      items.map((item) => item.sizeBytes),
      items.map((item) => String(item.sourceKey)),
      items.map((item) => item.extractState),
      items.map((item) => item.classifyState),
      items.map((item) => item.shardId),
      items.map((item) => item.contentHash),
    ],
  );
}
