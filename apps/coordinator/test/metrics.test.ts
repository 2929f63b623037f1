import { expect, test } from "bun:test";
import { metricValue, parseMetrics } from "@sluice/testkit";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, makeItems, startTestCoordinator, SUBMIT, waitUntil, WORKER } from "./support/test-coordinator.ts";

const SCRAPER = "metrics-token-for-tests";
const cluster = useCoordinator({ SLUICE_METRICS_TOKEN: SCRAPER });

const scrape = async (coordinator = cluster.coordinator, token: string | null = SCRAPER) => {
  const response = await coordinator.request("GET", "/metrics", undefined, token);
  return { status: response.status, text: await response.text() };
};

test("a scraper's token opens the metrics and nothing else; an administrator's opens them too", async () => {
  const status = async (token: string | null) => (await scrape(cluster.coordinator, token)).status;
  expect([await status(SCRAPER), await status(ADMIN)]).toEqual([200, 200]);
  expect([await status(null), await status("no-such-token-at-all")]).toEqual([401, 401]);
  expect([await status(SUBMIT), await status(WORKER)]).toEqual([403, 403]);
  const { coordinator } = cluster;
  for (const path of ["/v1/batches", "/v1/workers"]) {
    expect((await coordinator.request("GET", path, undefined, SCRAPER)).status).toBe(403);
  }
});

test("a batch shows in them: items, attempts, pages, failures by code, times; and no name of a document", async () => {
  const { coordinator } = cluster;
  const before = parseMetrics((await scrape()).text);
  await using scope = new AsyncDisposableStack();
  let refusals = 0;
  scope.use(
    await startFakeWorker(coordinator, {
      slots: 3,
      refuse: () => (refusals++ < 1 ? 429 : null),
      answer: answerAll((item, request) => {
        if (item.ordinal === 1) return failedLine(item, "PASSWORD_REQUIRED");
        return documentLine(item, request, item.ordinal === 2 ? { partial: true } : {});
      }),
    }),
  );
  // The last two have equal bytes.
  const twins = ["twin", "twin~copy"].map((name, index) => ({
    ordinal: 4 + index,
    uri: `file:///secret-folder/${name}`,
    sizeBytes: 77,
    sourceVersion: "1:1",
  }));
  const items = [...makeItems(4), ...twins];
  const batchId = await coordinator.submit(items);
  await coordinator.ended(batchId);
  const { text } = await scrape();
  const after = parseMetrics(text);
  const grown = (name: string, labels: Record<string, string> = {}) =>
    metricValue(after, name, labels) - metricValue(before, name, labels);
  const reached = (state: string) => grown("sluice_items_total", { stage: "extract", state });
  expect([reached("succeeded"), reached("partial"), reached("failed"), reached("duplicate")]).toEqual([3, 1, 1, 1]);
  expect(grown("sluice_items_total", { stage: "classify", state: "classified" })).toBe(5);
  expect(grown("sluice_item_failures_total", { code: "PASSWORD_REQUIRED" })).toBe(1);
  expect(grown("sluice_item_failures_total")).toBe(1);
  expect(grown("sluice_pages_total")).toBe(8);
  expect(grown("sluice_attempts_total", { outcome: "busy" })).toBe(1);
  expect(grown("sluice_uncommitted_shards_total", { fate: "returned" })).toBe(1);
  const committed = grown("sluice_attempts_total", { outcome: "committed" });
  expect(committed).toBeGreaterThan(0);
  expect(grown("sluice_commit_duration_seconds")).toBe(committed);
  expect(grown("sluice_shard_stream_duration_seconds")).toBe(committed + 1);
  expect(metricValue(after, "sluice_fleet_slots", { engine_version: "test-1" })).toBe(3);
  expect(metricValue(after, "sluice_database_connections")).toBeGreaterThan(0);
  expect(metricValue(after, "sluice_spool_bytes")).toBe(0);
  expect(text).not.toContain("secret-folder");
  expect(text).not.toContain("twin");
  expect(text).not.toContain(batchId);
});

test("what is cancelled counts, by a cancel and by a submission that takes another one's place", async () => {
  const { coordinator } = cluster;
  const cancelled = async () => {
    const metrics = parseMetrics((await scrape()).text);
    return ["extract", "classify"].map((stage) =>
      metricValue(metrics, "sluice_items_total", { stage, state: "cancelled" }),
    );
  };
  const [extract = 0, classify = 0] = await cancelled();
  const submission = { submissionKey: "metrics", supersede: true };
  const { batchId: first } = await coordinator.open({}, submission);
  await coordinator.append(first, makeItems(20));
  const { batchId: second } = await coordinator.open({ classifier: "none" }, submission);
  expect(await cancelled()).toEqual([extract + 20, classify + 20]);
  await coordinator.append(second, makeItems(7));
  await coordinator.json("POST", `/v1/batches/${second}/cancel`);
  expect(await cancelled()).toEqual([extract + 27, classify + 20]);
  // It has ended already: nothing is cancelled twice.
  await coordinator.json("POST", `/v1/batches/${second}/cancel`);
  expect(await cancelled()).toEqual([extract + 27, classify + 20]);
});

test("what waits in a queue shows, with its age, and is gone when it was read", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(130));
  const queue = "extract/test-1/rules-1";
  await waitUntil(async () => {
    const metrics = parseMetrics((await scrape()).text);
    const waiting = metricValue(metrics, "sluice_queue_shards_waiting", { queue });
    return waiting > 0 && metricValue(metrics, "sluice_queue_oldest_seconds", { queue }) >= 1;
  });
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  await coordinator.ended(batchId);
  await waitUntil(async () => {
    const metrics = parseMetrics((await scrape()).text);
    const left = ["waiting", "active"].map((state) => metricValue(metrics, `sluice_queue_shards_${state}`, { queue }));
    return left.every((count) => count === 0) && metricValue(metrics, "sluice_queue_oldest_seconds", { queue }) === 0;
  });
});

test("results in the spool count while they wait, and what sweeps find is told", async () => {
  await using second = await startTestCoordinator(cluster.databaseUrl, { SLUICE_METRICS_TOKEN: SCRAPER });
  await waitUntil(async () => metricValue(parseMetrics((await scrape(second)).text), "sluice_sweeps_total") > 0);
  const go = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(second, {
    answer: async function* (request) {
      for (const item of request.items) {
        const page = { verdict: "text", chars: 1, text: "x".repeat(10 << 20) };
        yield documentLine(item, request, { pageCount: 1, pages: [page] });
      }
      for (let waiting = true; waiting;) {
        yield { line: "progress", done: 1, current: null };
        waiting = await Promise.race([go.promise.then(() => false), Bun.sleep(500).then(() => true)]);
      }
      yield { line: "done", items: request.items.length, cpuMs: 1, childRestarts: 0 };
    },
  });
  const batchId = await second.submit(makeItems(1));
  // Which of the two coordinators took the shards is chance.
  const spooled = async () => {
    const scrapes = await Promise.all([scrape(), scrape(second)]);
    return scrapes.reduce((sum, { text }) => sum + metricValue(parseMetrics(text), "sluice_spool_bytes"), 0);
  };
  expect(worker.id).not.toBe("");
  await waitUntil(async () => (await spooled()) > 5 << 20);
  go.resolve();
  await second.ended(batchId);
  await waitUntil(async () => (await spooled()) === 0);
});
