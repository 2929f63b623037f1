import { expect, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { connectDatabase } from "../src/db/database.ts";
import { forgetOld } from "../src/dispatch/forget-old.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { makeItems, startTestCoordinator } from "./support/test-coordinator.ts";

test("attempts of batches that ended long ago and workers long gone are forgotten; all else stays", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const gone = await startFakeWorker(coordinator);
  const [old, recent] = [await coordinator.submit(makeItems(6)), await coordinator.submit(makeItems(6))];
  for (const batchId of [old, recent]) await coordinator.ended(batchId);
  await gone[Symbol.asyncDispose]();
  const waiting = await coordinator.submit(makeItems(3));
  await using worker = await startFakeWorker(coordinator, { engineVersion: "another" });
  await coordinator.sql("update batches set finished_at = finished_at - interval '91 days' where id = $1", [old]);
  await coordinator.sql("update batches set created_at = created_at - interval '91 days'");
  await coordinator.sql("update workers set renewed_at = renewed_at - interval '91 days' where id = $1", [gone.id]);
  const connected = connectDatabase({
    url: database.databaseUrl,
    poolSize: 2,
    logger: createLogger({ name: "test", level: "silent" }),
  });
  const before = await coordinator.sql("select count(*)::int as attempts from attempts where batch_id = $1", [old]);
  expect(await forgetOld(connected, 90)).toEqual({ attempts: before[0].attempts, workers: 1 });
  expect(await forgetOld(connected, 90)).toEqual({ attempts: 0, workers: 0 });
  await connected.close();
  expect(before[0].attempts).toBeGreaterThan(0);
  expect(await coordinator.sql("select 1 from attempts where batch_id = $1", [recent])).not.toEqual([]);
  expect((await coordinator.sql("select id from workers")).map((row) => row.id)).toEqual([worker.id]);
  for (const batchId of [old, recent, waiting]) expect((await coordinator.audit(batchId)).balanced).toBe(true);
  expect((await coordinator.results(old)).map((row) => row.state)).toEqual(Array(6).fill("succeeded"));
});
