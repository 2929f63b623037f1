/** What a token may have in the system, where it does not hand in items itself. */
import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileUri, newTokenSchema, openBatchResponseSchema, problemSchema } from "@sluice/contracts";
import { temporaryFolder } from "@sluice/testkit";
import { answerAll, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { type Json, waitUntil } from "./support/test-coordinator.ts";

const scratch = temporaryFolder();
const cluster = useCoordinator({ SLUICE_FILE_ROOTS: scratch.path, SLUICE_BLOBS: join(scratch.path, "blobs") });

const make = async (limits: object) =>
  newTokenSchema.parse(await cluster.coordinator.json("POST", "/v1/tokens", { role: "submit", name: "team", limits }));

test("a listing waits with its reason while as much is pending as may be, and goes on when the fleet has caught up", async () => {
  const { coordinator } = cluster;
  const gate = Promise.withResolvers<void>();
  await using _worker = await startFakeWorker(coordinator, {
    answer: async function* (request, signal) {
      yield { line: "progress", done: 0, current: null };
      await Promise.race([gate.promise, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
      yield* answerAll()(request, signal);
    },
  });
  const sources = ["a", "b", "c"].map((name) => {
    const folder = join(scratch.path, name);
    mkdirSync(folder);
    for (let file = 0; file < 6; file += 1) writeFileSync(join(folder, `${file}.pdf`), `${name}${file}`);
    return fileUri(folder);
  });
  const { token } = await make({ pendingItems: 5 });
  const opened = await coordinator.json("POST", "/v1/batches", { sources }, token);
  const { batchId } = openBatchResponseSchema.parse(opened).batch;
  const waiting = await waitUntil(async () => (await coordinator.status(batchId)).listing?.waiting ?? null);
  expect(waiting.code).toBe("QUOTA_ITEMS");
  expect(waiting.message).toContain("no more than 5");
  expect(await coordinator.status(batchId)).toMatchObject({ state: "open", items: 6, listing: { done: 1 } });
  // It is no fault of the source: however long it waits, none of its tries is gone.
  const waitedAgain = await waitUntil(async () => {
    const now = (await coordinator.status(batchId)).listing?.waiting;
    return now !== null && now?.until !== waiting.until;
  });
  expect(waitedAgain).toBe(true);
  expect(await coordinator.sql("select max(tries) as tries from listings where batch_id = $1", [batchId])).toEqual([
    { tries: 0 },
  ]);
  gate.resolve();
  const done = await coordinator.ended(batchId);
  expect(done).toMatchObject({ items: 18, listing: { state: "done", waiting: null } });
}, 30_000);

test("bytes that a token uploads in a day are counted, and more is refused with nothing kept", async () => {
  const { coordinator } = cluster;
  const { token, tokenId } = await make({ uploadBytesPerDay: 1_000 });
  const upload = (bytes: number, by = token) =>
    fetch(`${coordinator.url}/v1/uploads?name=a.pdf`, {
      method: "POST",
      headers: { authorization: `Bearer ${by}`, "content-type": "application/pdf" },
      body: crypto.getRandomValues(new Uint8Array(bytes)),
    });
  const kept = async () => (await coordinator.sql("select count(*)::int as n from uploads"))[0]?.["n"] as Json;
  expect((await upload(600)).ok).toBe(true);
  const before = await kept();
  const refused = await upload(600);
  expect([refused.status, problemSchema.parse(await refused.json()).code]).toEqual([429, "QUOTA_UPLOADS"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await kept()).toBe(before);
  expect((await upload(400)).ok).toBe(true);
  expect((await upload(1)).status).toBe(429);
  // Another limit holds at once, and yesterday does not count.
  await coordinator.json("PATCH", `/v1/tokens/${tokenId}`, { limits: { uploadBytesPerDay: 1_001 } });
  expect([(await upload(1)).ok, (await upload(1)).status]).toEqual([true, 429]);
  await coordinator.sql("update token_uploads set day = day - 1 where token_id = $1", [tokenId]);
  expect((await upload(1_001)).ok).toBe(true);
});
