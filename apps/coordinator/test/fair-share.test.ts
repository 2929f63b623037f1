/** Owners take turns: how many documents one has handed in says nothing of how long another waits. */
import { expect, test } from "bun:test";
import { type BatchOptionsInput, newTokenSchema } from "@sluice/contracts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
// Each is a shard of its own.
const LARGE = { sizeBytes: 64 << 20 };

async function team(name: string) {
  const { coordinator } = cluster;
  const { token } = newTokenSchema.parse(await coordinator.json("POST", "/v1/tokens", { name, role: "submit" }));
  return async (count: number, options: BatchOptionsInput = {}) => {
    const { batch } = await coordinator.json(
      "POST",
      "/v1/batches",
      { options: { classifier: "none", ...options } },
      token,
    );
    const items = makeItems(count, LARGE, `${name}-${crypto.randomUUID()}`);
    await coordinator.json(
      "POST",
      `/v1/batches/${batch.batchId}/items`,
      items.map((item) => JSON.stringify(item)).join("\n"),
      token,
    );
    await coordinator.json("POST", `/v1/batches/${batch.batchId}/seal`, { items: count }, token);
    return String(batch.batchId);
  };
}

/** A worker that hands out nothing before it is told to, and notes whose documents it reads, in order. */
async function steppingWorker() {
  const read: string[] = [];
  const go = Promise.withResolvers<void>();
  const worker = await startFakeWorker(cluster.coordinator, {
    slots: 1,
    answer: answerAll(async (item, request) => {
      await go.promise;
      read.push(request.batchId);
      return documentLine(item, request);
    }),
  });
  return { read, go: () => go.resolve(), [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

/** How many of `other`'s shards were read between the first and the last of `batch`. */
function between(read: readonly string[], batch: string, other: string): number {
  return read.slice(read.indexOf(batch), read.lastIndexOf(batch)).filter((id) => id === other).length;
}

test("a few documents of one team go between the many of another, and neither waits for the other's end", async () => {
  const { coordinator } = cluster;
  await using worker = await steppingWorker();
  const [many, few] = [await team("many"), await team("few")];
  const large = await many(150);
  const small = await few(20);
  worker.go();
  await coordinator.ended(small);
  const waited = worker.read.indexOf(small);
  // The one that was being read, and the one whose turn it was.
  expect(waited).toBeLessThanOrEqual(3);
  const turns = between(worker.read, small, large);
  expect(turns).toBeGreaterThanOrEqual(15);
  expect(turns).toBeLessThanOrEqual(25);
  // Who comes when much of it is done begins where the queue is, not where it began.
  const later = await few(10);
  await coordinator.ended(later);
  expect(between(worker.read, later, large)).toBeGreaterThanOrEqual(6);
  expect(between(worker.read, later, large)).toBeLessThanOrEqual(14);
  await coordinator.ended(large);
  for (const id of [large, small, later]) expect((await coordinator.audit(id)).balanced).toBe(true);
}, 60_000);

test("many batches are no more turns than one, and an owner's own keep their order", async () => {
  const { coordinator } = cluster;
  await using worker = await steppingWorker();
  const [left, right] = [await team("left"), await team("right")];
  const whole = await left(30);
  const parts: string[] = [];
  for (let part = 0; part < 6; part += 1) parts.push(await right(5));
  worker.go();
  await Promise.all([whole, ...parts].map((id) => coordinator.ended(id)));
  const half = worker.read.slice(0, 30).filter((id) => id === whole).length;
  expect(half).toBeGreaterThanOrEqual(12);
  expect(half).toBeLessThanOrEqual(18);
  expect(worker.read.filter((id) => id !== whole)).toEqual(parts.flatMap((id) => Array.from({ length: 5 }, () => id)));
}, 60_000);

test("more urgent work goes first, whoever's it is; resuming a pause is no way to the front", async () => {
  const { coordinator } = cluster;
  await using worker = await steppingWorker();
  const [left, right] = [await team("calm"), await team("urgent")];
  const first = await left(10);
  // The worker holds one of it from here on.
  await waitUntil(
    async () => (await coordinator.sql("select 1 from attempts where batch_id = $1", [first])).length > 0,
  );
  const paused = await left(10);
  await coordinator.json("POST", `/v1/batches/${paused}/pause`, {});
  const normal = await right(10);
  const bulk = await right(3, { priority: "bulk" });
  const urgent = await right(3, { priority: "interactive" });
  await coordinator.json("POST", `/v1/batches/${paused}/resume`, {});
  worker.go();
  await Promise.all([first, paused, normal, bulk, urgent].map((id) => coordinator.ended(id)));
  expect(worker.read.slice(1, 4)).toEqual([urgent, urgent, urgent]);
  expect(worker.read.slice(-3)).toEqual([bulk, bulk, bulk]);
  // Left has two batches and right one of this class; they take turns until right has none.
  const middle = worker.read.slice(4, 22);
  expect(middle.filter((id) => id === normal).length).toBeGreaterThanOrEqual(8);
  expect(worker.read.indexOf(paused)).toBeGreaterThan(worker.read.lastIndexOf(first));
}, 60_000);

test("queues of different builds take turns too", async () => {
  const { coordinator } = cluster;
  await using worker = await steppingWorker();
  const [left, right] = [await team("unlabelled"), await team("labelled")];
  const large = await left(80);
  const small = await right(10, { classifier: "rules" });
  worker.go();
  await coordinator.ended(small);
  expect(worker.read.lastIndexOf(small)).toBeLessThan(60);
  await coordinator.json("POST", `/v1/batches/${large}/cancel`, {});
}, 60_000);
