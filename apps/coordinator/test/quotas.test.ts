/** What a token may have in the system, where it does not hand in items itself. */
import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileUri, newTokenSchema, openBatchResponseSchema, problemSchema } from "@sluice/contracts";
import { temporaryFolder } from "@sluice/testkit";
import { answerAll, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, type Json, startTestCoordinator, waitUntil } from "./support/test-coordinator.ts";

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

test("uploads in pieces that are never finished are bounded for each token, by number and by announced bytes", async () => {
  await using own = await startTestCoordinator(cluster.databaseUrl, {
    SLUICE_BLOBS: join(scratch.path, "half"),
    SLUICE_QUOTA_UNFINISHED_UPLOADS: "2",
    SLUICE_QUOTA_UNFINISHED_UPLOAD_BYTES: "1000",
  });
  const [{ token }, { token: neighbour }] = [await make({}), await make({})];
  const send = (method: string, path: string, headers: Record<string, string>, by = token, body?: string) =>
    fetch(own.url + path, {
      method,
      headers: { authorization: `Bearer ${by}`, "tus-resumable": "1.0.0", ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const begin = (bytes: number, by = token) =>
    send("POST", "/v1/uploads/resumable", { "upload-length": String(bytes) }, by);
  const codeOf = async (response: Response) => [response.status, problemSchema.parse(await response.json()).code];
  const refusal: Awaited<ReturnType<typeof codeOf>> = [429, "QUOTA_UNFINISHED_UPLOADS"];
  const begun = async (bytes: number) => {
    const response = await begin(bytes);
    expect(response.status).toBe(201);
    return response.headers.get("location") ?? "";
  };
  expect(await codeOf(await begin(1_001))).toEqual(refusal);
  const first = await begun(900);
  expect(await codeOf(await begin(101))).toEqual(refusal);
  const second = await begun(4);
  const third = await begin(1);
  expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await codeOf(third)).toEqual(refusal);
  // A neighbour has room of its own.
  expect((await begin(1_000, neighbour)).status).toBe(201);
  const metrics = await (await send("GET", "/metrics", {}, ADMIN)).text();
  expect(metrics).toMatch(/^sluice_unfinished_uploads 3$/m);
  expect(metrics).toMatch(/^sluice_unfinished_upload_bytes 1904$/m);
  // One that is complete, is ended or has expired makes room.
  const patch = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  expect((await send("PATCH", second, patch, token, "done")).status).toBe(204);
  const fourth = await begun(100);
  expect(await codeOf(await begin(0))).toEqual(refusal);
  expect((await send("DELETE", fourth, {})).status).toBe(204);
  await begun(100);
  await cluster.coordinator.sql("update resumable_uploads set expires_at = now() - interval '1 second' where id = $1", [
    first.split("/").at(-1) ?? "",
  ]);
  await begun(900);
}, 30_000);
