import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import {
  type Json,
  makeItems,
  startTestCoordinator,
  type TestCoordinator,
  waitUntil,
} from "./support/test-coordinator.ts";

const readyz = async (coordinator: TestCoordinator): Promise<{ status: number; body: Json }> => {
  const response = await coordinator.request("GET", "/readyz", undefined, null);
  return { status: response.status, body: await response.json() };
};

/** What was found is remembered for a second, so a change may take that long to show. */
const unreadyBecause = (coordinator: TestCoordinator, check: string) =>
  waitUntil(async () => {
    const { status, body } = await readyz(coordinator);
    return status === 503 && body.checks[check].ok === false ? body.checks[check] : null;
  });

test("ready with a database of the right schema and room to spool, and each thing that is missing is named", async () => {
  await using database = await coordinatorDatabase();
  const spool = mkdtempSync(join(tmpdir(), "sluice-spool-"));
  await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_SPOOL_DIR: spool });
  const { status, body } = await readyz(coordinator);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ready: true,
    checks: { database: { ok: true }, spool: { ok: true }, draining: { ok: true } },
  });
  expect(body.checks.spool.freeMb).toBeGreaterThan(64);

  rmSync(spool, { recursive: true });
  expect((await unreadyBecause(coordinator, "spool")).reason).toContain("cannot be written (ENOENT)");

  await coordinator.sql("delete from schema_migrations where number = 1");
  expect((await unreadyBecause(coordinator, "database")).reason).toBe("the schema lacks initial");
  expect((await coordinator.request("GET", "/healthz", undefined, null)).status).toBe(200);
});

test("told to stop, it is not ready at once, takes no new work, and ends what it has", async () => {
  await using database = await coordinatorDatabase();
  await using stopping = await spawnCoordinator(database.databaseUrl, { SLUICE_DRAIN_SECONDS: "30" });
  const go = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(stopping, {
    slots: 1,
    answer: answerAll(async (item, request) => {
      await go.promise;
      return documentLine(item, request);
    }),
  });
  const batchId = await stopping.submit(makeItems(1));
  const later = await stopping.open();
  await waitUntil(() => worker.running === 1);
  expect((await readyz(stopping)).status).toBe(200);
  const ended = stopping.terminate();
  const { body } = await waitUntil(async () => {
    const asked = await readyz(stopping);
    return asked.status === 503 ? asked : null;
  });
  expect(body.checks).toMatchObject({ database: { ok: true }, draining: { ok: false, reason: "it was told to stop" } });
  const append = JSON.stringify(makeItems(1)[0]);
  const refused = await stopping.request("POST", `/v1/batches/${later.batchId}/items`, append);
  expect([refused.status, ((await refused.json()) as Json).code]).toEqual([503, "SHUTTING_DOWN"]);
  expect((await stopping.request("POST", "/v1/batches", {})).status).toBe(503);
  // Reading goes on, and so do workers that renew.
  expect((await stopping.status(batchId)).extract.pending).toBe(1);
  expect((await worker.register()).status).toBe(200);
  go.resolve();
  expect(await ended).toBe(0);
  await using next = await startTestCoordinator(database.databaseUrl);
  expect((await next.status(batchId)).state).toBe("done");
  const attempts = await next.sql("select outcome from attempts where batch_id = $1", [batchId]);
  expect(attempts).toEqual([{ outcome: "committed" }]);
});
