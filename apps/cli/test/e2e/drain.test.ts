/** Deploys: workers and coordinators that are told to stop in mid-run lose nothing, and no document is blamed for them. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { SluiceClient } from "@sluice/client";
import { fileUri } from "@sluice/contracts";
import { type RunningPart, startCoordinator, startWorker } from "@sluice/launcher";
import {
  metricValue,
  parseMetrics,
  temporaryDatabase,
  type TemporaryDatabase,
  temporaryFolder,
  waitUntil,
} from "@sluice/testkit";

const EXTRACTOR = resolve(import.meta.dir, "../../../worker/test/hostile-extractor.ts");
const tokens = { admin: "admin-token-for-tests", worker: "worker-token-for-tests" };
const scratch = temporaryFolder();
let database: TemporaryDatabase;
let parts: RunningPart[] = [];

beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(async () => {
  await Promise.all(parts.map((part) => part.stop()));
  await database[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

const keep = (part: RunningPart) => {
  parts.push(part);
  return part;
};
const log = (name: string) => ({ file: join(scratch.path, `${name}-${parts.length}.log`) });
const clientOf = (part: RunningPart) => new SluiceClient({ baseUrl: part.url, token: tokens.admin });

const coordinator = async (drainSeconds: number) =>
  keep(
    await startCoordinator({
      databaseUrl: database.databaseUrl,
      tokens,
      environment: { SLUICE_DRAIN_SECONDS: String(drainSeconds) },
      log: log("coordinator"),
    }),
  );
const worker = async (coordinators: RunningPart[], drainSeconds: number, workers = 1) =>
  keep(
    await startWorker({
      coordinators: coordinators.map((part) => part.url),
      token: tokens.worker,
      workers,
      extractor: EXTRACTOR,
      environment: { SLUICE_DRAIN_SECONDS: String(drainSeconds) },
      log: log("worker"),
    }),
  );

/** A batch of documents that each take so long; it is sealed when this returns. */
async function submit(client: SluiceClient, contents: readonly string[]): Promise<string> {
  const folder = join(scratch.path, crypto.randomUUID());
  mkdirSync(folder);
  const { batch } = await client.openBatch({ options: { classifier: "none", documentTimeoutMs: 60_000 } });
  const items = contents.map((content, ordinal) => {
    const path = join(folder, `d${ordinal}`);
    // Documents with equal bytes would be read once.
    writeFileSync(path, `${content} ${ordinal} ${folder}`);
    return { ordinal, uri: fileUri(path), sizeBytes: content.length, sourceVersion: "1:1" };
  });
  await client.appendItems(batch.batchId, items);
  await client.sealBatch(batch.batchId, items.length);
  return batch.batchId;
}

async function expectNothingLost(
  client: SluiceClient,
  batchId: string,
  items: number,
): Promise<Record<string, number>> {
  await waitUntil("the batch is done", async () => (await client.getBatch(batchId)).state === "done", {
    timeoutMs: 60_000,
  });
  expect((await client.getBatch(batchId)).extract).toMatchObject({ succeeded: items, failed: 0 });
  expect((await client.audit(batchId)).balanced).toBe(true);
  const blamed = await database.query("select 1 from items where batch_id = $1 and (poison > 0 or attempts > 1)", [
    batchId,
  ]);
  expect(blamed).toEqual([]);
  const rows = await database.query<{ outcome: string; count: number }>(
    "select outcome, count(*)::int as count from attempts where batch_id = $1 group by outcome",
    [batchId],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
}

async function end(part: RunningPart, signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<number | null> {
  process.kill(part.pid, signal);
  const { exitCode } = await part.exited;
  parts = parts.filter((other) => other !== part);
  await part.stop();
  return exitCode;
}

/** Coordinators that know of no slots yet make one shard of all that they are handed. */
async function knowSlots(parts: readonly RunningPart[], slots: number): Promise<void> {
  await waitUntil("all slots are known", async () => {
    const known = await Promise.all(parts.map((part) => measured(part, "sluice_fleet_slots")));
    return known.every((count) => count === slots);
  });
}

async function measured(part: RunningPart, name: string, labels: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${part.url}/metrics`, { headers: { authorization: `Bearer ${tokens.admin}` } });
  return metricValue(parseMetrics(await response.text()), name, labels);
}

const readingOn = (client: SluiceClient, part: RunningPart, slots: number) =>
  waitUntil("the worker is busy", async () => {
    const workers = await client.listWorkers();
    return workers.find((row) => row.address === part.url)?.busySlots === slots;
  });

describe("a worker that is told to stop", () => {
  test("again and again in the middle of long documents: its shards go on elsewhere, and nothing is held against them", async () => {
    const first = await coordinator(5);
    const client = clientOf(first);
    let doomed = await worker([first], 0, 2);
    await waitUntil("it is known", async () => (await client.listWorkers()).some((row) => row.live));
    const batchId = await submit(client, ["slow 4000", "slow 4000"]);
    // More often than a document that kills its worker would be given.
    for (let times = 0; times < 4; times += 1) {
      await readingOn(client, doomed, 2);
      expect(await end(doomed)).toBe(0);
      doomed = await worker([first], 0, 2);
    }
    const outcomes = await expectNothingLost(client, batchId, 2);
    expect(outcomes["stopped"]).toBeGreaterThanOrEqual(4);
    expect(outcomes).not.toHaveProperty("worker_lost");
    expect(await measured(first, "sluice_attempts_total", { outcome: "stopped" })).toBe(outcomes["stopped"] ?? 0);
    expect(await measured(first, "sluice_uncommitted_shards_total", { fate: "split" })).toBe(0);
    await Promise.all([end(doomed), end(first)]);
  }, 90_000);

  test("ends what it can within its time, and another one reads the rest", async () => {
    const first = await coordinator(5);
    const client = clientOf(first);
    const leaving = await worker([first], 20);
    await waitUntil("it is known", async () => (await client.listWorkers()).some((row) => row.live));
    // Longer than a worker is quiet about how busy it is, or it may have ended before that is known.
    const batchId = await submit(
      client,
      Array.from({ length: 40 }, () => "slow 300"),
    );
    await readingOn(client, leaving, 1);
    const staying = await worker([first], 5);
    expect(await end(leaving)).toBe(0);
    const outcomes = await expectNothingLost(client, batchId, 40);
    expect(outcomes).not.toHaveProperty("stopped");
    expect(outcomes).not.toHaveProperty("worker_lost");
    await Promise.all([end(staying), end(first)]);
  }, 90_000);
});

describe("a coordinator that is told to stop", () => {
  test("gives back at once what cannot end in time, and the other one takes it", async () => {
    const [leaving, staying] = [await coordinator(0), await coordinator(5)];
    const client = clientOf(staying);
    const reader = await worker([leaving, staying], 5, 4);
    await waitUntil("it is known", async () => (await client.listWorkers()).some((row) => row.live));
    await knowSlots([leaving, staying], 4);
    const batchId = await submit(
      clientOf(leaving),
      Array.from({ length: 8 }, () => "slow 2500"),
    );
    await waitUntil("it has shards in hand", async () => (await measured(leaving, "sluice_shards_streaming")) > 0);
    expect(await end(leaving)).toBe(0);
    // Not one lease of it is left to run out.
    const held = await database.query(
      `select 1 from pgboss.job j join attempts a on a.shard_id = j.id and a.retry_count = j.retry_count
        where j.state = 'active' and a.outcome <> 'running'`,
    );
    expect(held).toEqual([]);
    const outcomes = await expectNothingLost(client, batchId, 8);
    expect(outcomes["stopped"]).toBeGreaterThan(0);
    expect(outcomes).not.toHaveProperty("coordinator_lost");
    await Promise.all([end(reader), end(staying)]);
  }, 90_000);

  test("a rolling restart of all of them under load: every document is stored once", async () => {
    let [first, second] = [await coordinator(3), await coordinator(3)];
    // Workers name both; a port that comes back is the same, so the third stands in for a changed fleet.
    const lead = await worker([first, second], 2);
    let readers = [lead, await worker([first, second], 2)];
    const client = clientOf(second);
    await knowSlots([first, second], 2);
    const batchId = await submit(
      clientOf(first),
      Array.from({ length: 60 }, () => "slow 150"),
    );
    await readingOn(client, lead, 1);
    expect(await end(first)).toBe(0);
    first = await coordinator(3);
    for (const old of readers) expect(await end(old)).toBe(0);
    readers = [await worker([first, second], 2), await worker([first, second], 2)];
    const outcomes = await expectNothingLost(client, batchId, 60);
    expect(outcomes).not.toHaveProperty("worker_lost");
    expect(outcomes).not.toHaveProperty("coordinator_lost");
    await Promise.all([...readers, first, second].map((part) => end(part)));
  }, 120_000);
});
