import { expect, test } from "bun:test";
import { sweep } from "../src/dispatch/sweep.ts";
import { openCommitBench } from "./support/commit-bench.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";

test("a quick sweep finds what lost its job, a whole one also what only looks covered", async () => {
  await using temporary = await coordinatorDatabase();
  await using bench = await openCommitBench(temporary.databaseUrl);
  const parts = { database: bench.database, queue: bench.queue, slotsFor: () => 0, labelStageOf: () => null };
  const look = async (whole: boolean) => (await sweep(parts, { whole })).items;
  const whole = await bench.batch(["a", "b", "c"]);
  const robbed = await bench.batch(["d", "e"]);
  expect(await look(false)).toBe(0);

  await bench.database.pool.query("delete from pgboss.job where data ->> 'batchId' = $1", [robbed.batchId]);
  expect(await look(false)).toBe(2);
  expect(await look(false)).toBe(0);

  // The job speaks for it still, but the item does not know.
  await bench.database.pool.query("update items set shard_id = gen_random_uuid() where batch_id = $1 and ordinal = 1", [
    whole.batchId,
  ]);
  expect(await look(false)).toBe(0);
  expect(await look(true)).toBe(1);

  // What is being read is covered by a job that is taken.
  await using shard = await bench.finish(await bench.fetch(robbed.queueName));
  expect(await look(false)).toBe(0);
  expect(await bench.commit(shard)).toBe("committed");
});
