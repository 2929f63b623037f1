import { expect, test } from "bun:test";
import type { ItemUpdate } from "../src/commit/plan-commit.ts";
import type { Client, Database } from "../src/db/database.ts";
import { findStored } from "../src/db/queries/find-stored.ts";
import { loadShardItems } from "../src/db/queries/load-shard-items.ts";
import { updateItems } from "../src/db/queries/update-items.ts";
import { fromRuns } from "../src/queue/shard-job.ts";
import { openCommitBench } from "./support/commit-bench.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";

const ITEMS = 4_000;
const STORED = 20_000;
const TABLES = ["documents", "classifications", "items"] as const;
type Table = (typeof TABLES)[number];

test("a shard's statements read its own rows and no others, in tables that the server knows nothing of yet", async () => {
  await using temporary = await coordinatorDatabase();
  await using bench = await openCommitBench(temporary.databaseUrl);
  const { database } = bench;
  const { batchId, queueName } = await bench.batch(Array.from({ length: ITEMS }, (_, index) => `many-${index}`));
  const { rows } = await database.pool.query("select extract_hash, classify_hash from batches where id = $1", [
    batchId,
  ]);
  const hashes = {
    batchId,
    extractHash: rows[0].extract_hash as Buffer,
    classifyHash: rows[0].classify_hash as Buffer,
  };
  await database.pool.query(
    `insert into documents (content_hash, extract_hash, size_bytes, format, page_count, needs_ocr, partial, metadata,
                            warnings, first_batch_id)
     select sha256(i::text::bytea), $1, 1000 + i, 'pdf', 1, false, false, '{}', '[]', $2 from generate_series(1, $3::int) i`,
    [hashes.extractHash, batchId, STORED],
  );
  await database.pool.query(
    `insert into classifications (content_hash, extract_hash, classify_hash, state, confidence, terms)
     select content_hash, extract_hash, $1, 'abstained', 0, '[]' from documents`,
    [hashes.classifyHash],
  );
  const job = await bench.fetch(queueName);
  const ordinals = fromRuns(job.data.runs);
  expect(ordinals.length).toBeLessThan(ITEMS / 10);

  await database.transaction(async (client) => {
    const here = { ...database, pool: client } as unknown as Database;
    // What the connection has done before may not have been handed over yet.
    const before = new Map<Table, number>();
    for (const table of TABLES) before.set(table, await readIn(client, table));
    const readSince = async (table: Table) => (await readIn(client, table)) - (before.get(table) ?? 0);
    const loaded = await loadShardItems(here, { id: job.id, batchId, ordinals }, hashes, true);
    expect(loaded.map(({ ordinal }) => ordinal)).toEqual(ordinals);
    const known = Array.from({ length: 64 }, (_, index) => new Bun.CryptoHasher("sha256").update(`${index + 1}`));
    const wanted = known.map((hasher) => hasher.digest("hex"));
    const stored = await findStored(client, hashes, wanted);
    expect([stored.documents.size, stored.labels.size]).toEqual([64, 64]);
    expect(await readSince("documents")).toBeLessThanOrEqual(64);
    expect(await readSince("classifications")).toBeLessThanOrEqual(64);
    const settled = await updateItems(client, hashes, ordinals.map(asFailed), () => "");
    expect(settled).toEqual(new Set(ordinals));
    // Once to be loaded, once to be settled, and the version that this makes.
    expect(await readSince("items")).toBeLessThanOrEqual(3 * ordinals.length);
  });
});

/** Rows that this connection has read of a table, by whatever way. */
async function readIn(client: Client, table: Table): Promise<number> {
  const { rows } = await client.query<{ read: number }>(
    `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables where relname = $1`,
    [table],
  );
  return rows[0]?.read ?? 0;
}

function asFailed(ordinal: number): ItemUpdate {
  const nothing = { hash: null, document: null, sizeBytes: null, sourceVersion: null, page: null, evidence: null };
  return { ordinal, extractState: "failed", classifyState: "none", code: "INTERNAL", message: "m", ...nothing };
}
