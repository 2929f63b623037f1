import { expect, test } from "bun:test";
import type { Taxonomy } from "@sluice/contracts";
import { answerAll, contentOf, documentLine, failedLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

async function expectBalanced(batchId: string): Promise<void> {
  const audit = await cluster.coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
}

test("equal bytes in one shard and across batches: one result, the rest duplicates with its label", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, { slots: 1 });
  const items = makeItems(9).map((item, index) => ({
    ...item,
    uri: `file:///dup/${index < 3 ? "same~" : "other"}${index}`,
    sizeBytes: 77,
  }));
  const first = await coordinator.ended(await coordinator.submit(items));
  expect(first.extract).toMatchObject({ succeeded: 7, duplicate: 2 });
  expect(first).toMatchObject({ pages: 18 });
  await expectBalanced(first.batchId);

  const again = items.map((item) => ({ ...item, uri: `file:///elsewhere/${contentOf(item.uri)}~b` }));
  const second = await coordinator.ended(await coordinator.submit(again));
  expect(second.extract.duplicate).toBe(9);
  expect(second.classify.classified).toBe(9);
  // The worker was told what to look out for, and did not read it again.
  const asked = worker.requests
    .filter((request) => request.batchId === second.batchId)
    .flatMap((request) => request.items);
  expect(asked.every((item) => item.knownHashes.includes(sha256(contentOf(item.uri))))).toBe(true);
  await expectBalanced(second.batchId);
  const results = await coordinator.results(second.batchId);
  expect(results.every((row) => row.category === "invoice" && row.pages === 2)).toBe(true);
});

test("without deduplication every copy is a result of its own", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  const items = makeItems(4).map((item, index) => ({ ...item, uri: `file:///nodup/copy~${index}`, sizeBytes: 5 }));
  const status = await coordinator.ended(await coordinator.submit(items, { deduplicate: false }));
  expect(status.extract).toMatchObject({ succeeded: 4, duplicate: 0 });
  expect(worker.requests.flatMap((request) => request.items).every((item) => item.knownHashes.length === 0)).toBe(true);
  await expectBalanced(status.batchId);
});

test("unchanged sources are not dispatched, changed ones are, force reads all, other options read again", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  const items = makeItems(5);
  const first = await coordinator.ended(await coordinator.submit(items));
  expect(first.extract.succeeded).toBe(5);

  const second = await coordinator.ended(await coordinator.submit(items));
  expect(second).toMatchObject({ pages: first.pages, bytes: first.bytes });
  expect(second.extract.unchanged).toBe(5);
  expect(second.classify.classified).toBe(5);
  await expectBalanced(second.batchId);
  expect((await coordinator.results(second.batchId))[0]).toMatchObject({ state: "unchanged", category: "invoice" });

  const touched = items.map((item, index) => (index === 2 ? { ...item, sourceVersion: "2:2" } : item));
  const third = await coordinator.ended(await coordinator.submit(touched));
  expect(third.extract).toMatchObject({ unchanged: 4, duplicate: 1 });

  worker.requests.length = 0;
  const forced = await coordinator.ended(await coordinator.submit(items, { force: true }));
  expect(forced.extract).toMatchObject({ unchanged: 0, duplicate: 5 });
  expect(worker.requests.flatMap((request) => request.items)).toHaveLength(5);

  const meta = await coordinator.ended(await coordinator.submit(items, { store: "meta" }));
  expect(meta.extract.succeeded).toBe(5);
  expect(meta.extractHash).not.toBe(first.extractHash);
});

test("a new taxonomy asks for new labels, so its sources are not unchanged; without a label they are", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const items = makeItems(3);
  await coordinator.ended(await coordinator.submit(items));
  const taxonomy = {
    name: "mine",
    labels: "single",
    categories: [{ id: "a", name: "A", description: "all of it", keywords: [] }],
  } as unknown as Taxonomy;
  const other = await coordinator.ended(await coordinator.submit(items, { taxonomy }));
  expect(other.extract).toMatchObject({ unchanged: 0, duplicate: 3 });
  expect(other.classify.classified).toBe(3);
  await expectBalanced(other.batchId);
  const none = await coordinator.ended(await coordinator.submit(items, { classifier: "none" }));
  expect(none.extract.unchanged).toBe(3);
  expect(none.classify.none).toBe(3);
  expect(none.classifyHash).toBeNull();
});

test("a failed source is read again; the version that was really read is the one that counts", async () => {
  const { coordinator } = cluster;
  let broken = true;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        broken ? failedLine(item) : documentLine(item, request, { sourceVersion: "9:9", sizeBytes: 4_321 }),
      ),
    }),
  );
  const items = makeItems(2);
  const first = await coordinator.ended(await coordinator.submit(items));
  expect(first.extract.failed).toBe(2);
  expect(first.classify.none).toBe(2);
  await expectBalanced(first.batchId);

  broken = false;
  const second = await coordinator.ended(await coordinator.submit(items));
  expect(second.extract.succeeded).toBe(2);
  expect(second.bytes).toBe(2 * 4_321);
  const third = await coordinator.ended(
    await coordinator.submit(items.map((item) => ({ ...item, sourceVersion: "9:9" }))),
  );
  expect(third.extract.unchanged).toBe(2);
});

test("cancel keeps what is stored, fences out what runs, and is final", async () => {
  const { coordinator } = cluster;
  const release = Promise.withResolvers<void>();
  let answered = 0;
  await using worker = await startFakeWorker(coordinator, {
    slots: 1,
    answer: async function* (request, signal) {
      answered += 1;
      if (answered > 1) {
        yield { line: "progress", done: 0, current: null };
        await release.promise;
      }
      yield* answerAll()(request, signal);
    },
  });
  const batchId = await coordinator.submit(makeItems(30));
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded > 0 && worker.running === 1);
  const cancelled = await coordinator.json("POST", `/v1/batches/${batchId}/cancel`);
  expect(cancelled.state).toBe("cancelled");
  expect(cancelled.extract.succeeded + cancelled.extract.cancelled).toBe(30);
  expect(cancelled.classify.cancelled).toBe(cancelled.extract.cancelled);
  // The stream is left at once, without waiting for the document that holds it.
  await waitUntil(() => worker.running === 0);
  release.resolve();
  await waitUntil(async () => (await coordinator.sql("select 1 from attempts where outcome = 'running'")).length === 0);
  expect(await coordinator.status(batchId)).toEqual(cancelled);
  expect(await coordinator.json("POST", `/v1/batches/${batchId}/cancel`)).toEqual(cancelled);
  await expectBalanced(batchId);
});

test("supersede cancels unfinished batches of the same submission, in the transaction that opens the new one", async () => {
  const { coordinator } = cluster;
  const more = { submissionKey: "folder-a", supersede: true };
  const items = makeItems(4);
  const open = await coordinator.open({}, more);
  await coordinator.append(open.batchId, items.slice(0, 2));
  const other = await coordinator.open({}, { submissionKey: "folder-b", supersede: true });
  const { batch, superseded } = await coordinator.json("POST", "/v1/batches", { options: {}, ...more });
  expect(superseded).toEqual([open.batchId]);
  expect((await coordinator.status(open.batchId)).state).toBe("cancelled");
  expect((await coordinator.status(other.batchId)).state).toBe("open");
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  await coordinator.append(batch.batchId, items);
  await coordinator.seal(batch.batchId, 4);
  expect((await coordinator.ended(batch.batchId)).extract.succeeded).toBe(4);
  await expectBalanced(open.batchId);
});
