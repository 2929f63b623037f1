/** What a worker tells of itself, and how it stops. */
import { expect, test } from "bun:test";
import { metricValue, parseMetrics } from "@sluice/testkit";
import { isAlive, readOutcome, until, WorkerProcess } from "./worker-process.ts";

const scrape = async (worker: WorkerProcess, token: string | null = "worker-token") =>
  await fetch(`${worker.url}/metrics`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
const metricsOf = async (worker: WorkerProcess, token = "worker-token") =>
  parseMetrics(await (await scrape(worker, token)).text());

interface Ready {
  ready: boolean;
  checks: Record<string, { ok: boolean; reason?: string }>;
}

async function readyz(worker: WorkerProcess): Promise<{ status: number; body: Ready }> {
  const response = await fetch(`${worker.url}/readyz`);
  return { status: response.status, body: (await response.json()) as Ready };
}

test("its metrics count documents, ends of extractors by cause, slots, and name no document", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_RECYCLE_DOCUMENTS: "5" });
  await worker.run([worker.document("contract-of-mr-smith", "good")]);
  await worker.run(worker.documents(["a", "kill SIGSEGV", "b", "loop"]), { extract: { documentTimeoutMs: 300 } });
  await worker.run(worker.documents(["1", "2", "3", "4", "5", "6"]));
  await until(
    async () => metricValue(await metricsOf(worker), "sluice_extractor_ends_total", { cause: "recycled" }) > 0,
  );
  const text = await (await scrape(worker)).text();
  const metrics = parseMetrics(text);
  const ends = (cause: string) => metricValue(metrics, "sluice_extractor_ends_total", { cause });
  expect([ends("crash"), ends("timeout"), ends("memory")]).toEqual([2, 1, 0]);
  expect(metricValue(metrics, "sluice_extraction_duration_seconds")).toBe(11);
  expect(metricValue(metrics, "sluice_extraction_cpu_seconds_total")).toBeGreaterThan(0);
  expect(metricValue(metrics, "sluice_result_bytes_total")).toBeGreaterThan(1_000);
  expect(metricValue(metrics, "sluice_worker_shards_total", { end: "done" })).toBe(3);
  expect(["slots", "slots_busy", "slots_lost"].map((name) => metricValue(metrics, `sluice_${name}`))).toEqual([
    1, 0, 0,
  ]);
  expect(metricValue(metrics, "sluice_coordinators_registered")).toBe(1);
  expect(metricValue(metrics, "sluice_engine_info", { engine_version: "0.0.0-hostile" })).toBe(1);
  expect(text).not.toContain("smith");
});

test("its metrics open to the scraper's token, or without one to the token it registers with", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_METRICS_TOKEN: "a-token-of-a-scraper" });
  const status = async (token: string | null) => (await scrape(worker, token)).status;
  expect([await status(null), await status("worker-token"), await status(worker.registration.dispatchToken)]).toEqual([
    401, 401, 401,
  ]);
  expect(await status("a-token-of-a-scraper")).toBe(200);
  const shard = worker.request(worker.documents(["a"]));
  expect((await worker.post(shard, { token: "a-token-of-a-scraper" })).status).toBe(401);
});

test("ready: an extractor answers and a coordinator knows it; each thing that is missing is named", async () => {
  await using worker = await WorkerProcess.start();
  await until(async () => (await readyz(worker)).status === 200);
  expect((await readyz(worker)).body).toMatchObject({
    ready: true,
    slots: 1,
    checks: { extractor: { ok: true }, slots: { ok: true }, coordinators: { ok: true }, draining: { ok: true } },
  });

  // An idle extractor that stands still would not read a document either.
  const { items } = await worker.run(worker.documents(["environment"]));
  const pid = Number(/ (\d+)"/.exec(JSON.stringify(items))?.[1]);
  process.kill(pid, "SIGSTOP");
  await until(async () => (await readyz(worker)).body.checks["extractor"]?.ok === false);
  await until(() => !isAlive(pid));
  await until(async () => (await readyz(worker)).status === 200);

  // What it was told of its lease is over some time after its coordinator is gone.
  await worker.coordinator[Symbol.asyncDispose]();
  await until(async () => (await readyz(worker)).body.checks["coordinators"]?.ok === false);
  expect((await readyz(worker)).status).toBe(503);
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
});

test("told to stop, it is not ready at once and takes nothing new; what cannot end in time is handed back", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_WORKERS: "2", SLUICE_DRAIN_SECONDS: "2" });
  const patient = { extract: { documentTimeoutMs: 60_000 } };
  const quick = worker.post(worker.request(worker.documents(["slow 800", "after"])));
  const stuck = worker.post(worker.request(worker.documents(["first", "loop"]), patient));
  await until(async () => (await worker.ready()).busy === 2);
  worker.process.kill("SIGTERM");
  await until(async () => (await readyz(worker)).status === 503);
  expect((await readyz(worker)).body.checks["draining"]).toEqual({ ok: false, reason: "it was told to stop" });
  const refused = await worker.post(worker.request(worker.documents(["more"])));
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, "SHUTTING_DOWN"]);
  expect(readOutcome(await (await quick).bytes()).done?.items).toBe(2);
  const text = await (await stuck).text();
  // Not a stream that breaks off, which would be held against the document.
  expect(text.trimEnd().split("\n").at(-1)).toBe('{"line":"progress","done":0,"current":null,"handedBack":true}');
  expect(readOutcome(Buffer.from(text)).done).toBeNull();
  expect(await worker.process.exited).toBe(0);
}, 30_000);

test("a second signal ends it at once, and its extractors with it", async () => {
  await using worker = await WorkerProcess.start({ SLUICE_DRAIN_SECONDS: "600" });
  const response = await worker.post(
    worker.request(worker.documents(["loop"]), { extract: { documentTimeoutMs: 60_000 } }),
  );
  const reader = response.body?.getReader();
  let text = "";
  while (!text.includes('"pid"')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
  const pid = Number(/"pid":(\d+)/.exec(text)?.[1]);
  worker.process.kill("SIGTERM");
  await until(() => worker.coordinator.left.length === 1);
  worker.process.kill("SIGTERM");
  expect(await worker.process.exited).toBe(143);
  await until(() => !isAlive(pid));
  await reader?.cancel().catch(() => {});
});

test("a coordinator that was lost without a word is asked again within seconds, not when the call is given up", async () => {
  await using worker = await WorkerProcess.start();
  const { coordinator } = worker;
  coordinator.silent = true;
  // One that was under way may still be answered.
  const asked = coordinator.registrations.length + 1;
  await until(() => coordinator.registrations.length > asked);
  coordinator.silent = false;
  const answered = coordinator.registrations.length;
  await until(() => coordinator.registrations.length > answered + 3);
}, 60_000);
