import { expect, test } from "bun:test";
import type { Client } from "../src/db/database.ts";
import { frontOf, rangeOf } from "../src/queue/fair-order.ts";
import { placeShards } from "../src/queue/place-shards.ts";
import { openCommitBench } from "./support/commit-bench.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";

const WAITING = 5_000;
const shards = (count: number) => Array.from({ length: count }, () => ({ id: Bun.randomUUIDv7(), ordinals: [0] }));

test("to find a place costs the same whatever waits, runs or is over", async () => {
  await using temporary = await coordinatorDatabase();
  await using bench = await openCommitBench(temporary.databaseUrl);
  const { database, queue } = bench;
  const { batchId, queueName } = await bench.batch(["one"]);
  const front = frontOf("normal");
  await database.transaction(async (client) => {
    await queue.add(client, queueName, batchId, front - 10, shards(WAITING));
    await queue.add(client, queueName, batchId, rangeOf("bulk").front, shards(WAITING));
    await queue.add(client, queueName, batchId, rangeOf("interactive").front, shards(10));
  });
  const over = await queue.fetch(queueName, 1_000);
  await database.transaction(async (client) => {
    for (const job of over) await queue.complete(client, job);
  });
  const [running] = await queue.fetch(queueName, 1);
  expect(running).toBeDefined();
  const place = { batchId, queue: queueName, priority: "normal", owner: crypto.randomUUID(), count: 3 } as const;
  await database.transaction(async (client) => {
    const before = await readJobs(client);
    // Of its class what runs is the furthest that the queue has come to: 988 were over, of those that began at 10.
    expect(await placeShards(client, place)).toBeLessThan(front - 900);
    expect((await readJobs(client)) - before).toBeLessThan(20);
    // An owner who has something waiting goes on behind that.
    await client.query("update batches set created_by = $2, fair_tag = 7000 where id = $1", [batchId, place.owner]);
    expect(await placeShards(client, place)).toBe(front - 7_000);
    expect(await placeShards(client, place)).toBe(front - 7_003);
    // And in a class where nothing waits he is the first.
    const { rows } = await client.query("delete from pgboss.job where priority > 0 returning id");
    expect(rows.length).toBeGreaterThan(0);
    expect(await placeShards(client, { ...place, priority: "interactive", owner: null })).toBe(frontOf("interactive"));
  });
}, 60_000);

/** Rows of jobs that this connection has read, by whatever way. */
async function readJobs(client: Client): Promise<number> {
  const { rows } = await client.query<{ read: number }>(
    `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
      where schemaname = 'pgboss' and relname like 'job%'`,
  );
  return rows[0]?.read ?? 0;
}
