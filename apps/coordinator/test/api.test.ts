import { expect, test } from "bun:test";
import {
  appendItemsResponseSchema,
  auditReportSchema,
  batchListSchema,
  type BatchStatus,
  batchStatusSchema,
  batchSummarySchema,
  failureRowSchema,
  openBatchResponseSchema,
  problemSchema,
  PROTOCOL_VERSION,
  resultRowSchema,
  workerListSchema,
  workerRegisteredSchema,
} from "@sluice/contracts";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, type Json, makeItems, SUBMIT, WORKER } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("each route opens to its roles only", async () => {
  const { coordinator } = cluster;
  const id = crypto.randomUUID();
  const status = async (method: string, path: string, token: string | null) =>
    (await coordinator.request(method, path, method === "GET" || method === "DELETE" ? undefined : {}, token)).status;
  const batchRoutes = [
    ["GET", "/v1/batches"],
    ["POST", "/v1/batches"],
    ["GET", `/v1/batches/${id}`],
    ["GET", `/v1/batches/${id}/options`],
    ["POST", `/v1/batches/${id}/items`],
    ["POST", `/v1/batches/${id}/seal`],
    ["POST", `/v1/batches/${id}/cancel`],
    ["POST", `/v1/batches/${id}/pause`],
    ["POST", `/v1/batches/${id}/resume`],
    ["POST", `/v1/batches/${id}/retry`],
    ["POST", `/v1/batches/${id}/continue`],
    ["PATCH", `/v1/batches/${id}`],
    ["DELETE", `/v1/batches/${id}`],
    ["GET", `/v1/batches/${id}/items`],
    ["GET", `/v1/batches/${id}/items/0/text`],
    ["POST", `/v1/batches/${id}/items/0/retry`],
    ["POST", `/v1/batches/${id}/items/0/replay`],
    ["GET", `/v1/batches/${id}/compare/${crypto.randomUUID()}`],
    ["GET", `/v1/batches/${id}/compare/${crypto.randomUUID()}/labels`],
    ["GET", `/v1/documents/${"0".repeat(64)}`],
    ["GET", `/v1/documents/${"0".repeat(64)}/pages`],
    ["GET", `/v1/documents/${"0".repeat(64)}/pages/1`],
    ["GET", "/v1/queues"],
    ["GET", `/v1/batches/${id}/items/0`],
    ["GET", `/v1/batches/${id}/events`],
    ["GET", `/v1/batches/${id}/summary`],
    ["GET", `/v1/batches/${id}/results`],
    ["GET", `/v1/batches/${id}/pages`],
    ["GET", "/v1/search?q=x"],
    ["GET", `/v1/batches/${id}/failures`],
    ["GET", `/v1/batches/${id}/audit`],
    ["GET", "/v1/events"],
    ["GET", "/v1/webhooks"],
    ["POST", "/v1/webhooks"],
    ["DELETE", `/v1/webhooks/${id}`],
    ["GET", `/v1/webhooks/${id}/deliveries`],
    ["POST", `/v1/webhooks/${id}/test`],
    ["POST", `/v1/webhooks/${id}/deliveries/${id}/redeliver`],
    ["GET", "/v1/workers"],
  ] as const;
  for (const [method, path] of batchRoutes) {
    expect([path, await status(method, path, null)]).toEqual([path, 401]);
    expect([path, await status(method, path, "no-such-token-at-all")]).toEqual([path, 401]);
    expect([path, await status(method, path, WORKER)]).toEqual([path, 403]);
    for (const token of [ADMIN, SUBMIT]) expect([401, 403]).not.toContain(await status(method, path, token));
  }
  expect(await status("POST", "/v1/workers", SUBMIT)).toBe(403);
  expect(await status("POST", "/v1/workers", ADMIN)).toBe(403);
  expect(await status("DELETE", `/v1/workers/${id}`, SUBMIT)).toBe(403);
  expect(await status("DELETE", `/v1/workers/${id}`, WORKER)).toBe(404);
  expect(await status("POST", `/v1/workers/${id}/drain`, SUBMIT)).toBe(403);
  expect(await status("POST", `/v1/workers/${id}/drain`, WORKER)).toBe(403);
  expect(await status("POST", `/v1/workers/${id}/drain`, ADMIN)).toBe(404);
  expect(await status("GET", "/healthz", null)).toBe(200);
  expect(await status("GET", "/readyz", null)).toBe(200);
  expect(await status("GET", "/v1/nothing", ADMIN)).toBe(404);
});

test("workers outside the allow-list, or of another protocol, are not let in", async () => {
  const { coordinator } = cluster;
  const registration = {
    protocol: PROTOCOL_VERSION,
    workerId: crypto.randomUUID(),
    address: "http://169.254.169.254:80",
    slots: 1,
    busySlots: 0,
    engineVersion: "x",
    classifiers: [],
    host: "h",
    pid: 1,
    dispatchToken: "0123456789abcdef",
  };
  const post = (body: object) => coordinator.request("POST", "/v1/workers", body, WORKER);
  expect((await post(registration)).status).toBe(403);
  const old = await post({ ...registration, address: "http://127.0.0.1:1", protocol: 99 });
  expect(problemSchema.parse(await old.json()).code).toBe("PROTOCOL_MISMATCH");
});

test("a worker that is started again at its address takes the place of its former self", async () => {
  const { coordinator } = cluster;
  const former = await startFakeWorker(coordinator);
  const renewals = [crypto.randomUUID(), crypto.randomUUID()].map((workerId) => ({
    protocol: PROTOCOL_VERSION,
    workerId,
    address: former.address,
    slots: 1,
    busySlots: 0,
    engineVersion: "x",
    classifiers: [],
    host: "h",
    pid: 1,
    dispatchToken: "0123456789abcdef",
  }));
  await former.kill();
  const liveThere = async () => {
    const { workers } = await coordinator.json("GET", "/v1/workers");
    return workers.filter((row: Json) => row.live && row.address === former.address).map((row: Json) => row.workerId);
  };
  expect(await liveThere()).toEqual([former.id]);
  for (const registration of renewals) {
    await coordinator.json("POST", "/v1/workers", registration, WORKER);
    expect(await liveThere()).toEqual([registration.workerId]);
  }
  await coordinator.request("DELETE", `/v1/workers/${renewals[1]?.workerId}`, undefined, WORKER);
});

test("every answer is what the contracts say", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) => {
      if (item.ordinal === 1) return failedLine(item, "PASSWORD_REQUIRED");
      const scan = { state: "no_text", category: null, confidence: 0, terms: [] };
      return documentLine(item, request, item.ordinal === 2 ? { needsOcr: true, classification: scan } : {});
    }),
  });
  workerRegisteredSchema.parse(await (await worker.register()).json());
  const opened = openBatchResponseSchema.parse(
    await coordinator.json("POST", "/v1/batches", { name: "all", options: {} }),
  );
  const { batchId } = opened.batch;
  expect(opened.batch).toMatchObject({ name: "all", state: "open", priority: "normal", items: 0 });
  appendItemsResponseSchema.parse(await coordinator.append(batchId, makeItems(4)));
  batchStatusSchema.parse(await coordinator.seal(batchId, 4));
  const status = batchStatusSchema.parse(await coordinator.ended(batchId));
  expect(status).toMatchObject({ needsOcr: 1, pages: 6 });
  expect(status.classify).toMatchObject({ classified: 2, no_text: 1, none: 1 });

  const summary = batchSummarySchema.parse(await coordinator.json("GET", `/v1/batches/${batchId}/summary`));
  expect(summary.categories).toEqual({ invoice: 2 });
  expect(summary.failures).toMatchObject([{ ordinal: 1, code: "PASSWORD_REQUIRED" }]);
  expect(summary.failures[0]?.advice).toContain("password");

  const rows = (await coordinator.results(batchId)).map((row) => resultRowSchema.parse(row));
  expect(rows.map((row) => row.state)).toEqual(["succeeded", "failed", "succeeded", "succeeded"]);
  expect(rows[0]).toMatchObject({ category: "invoice", confidence: 0.9, pages: 2, needsOcr: false, code: null });
  expect(rows[0]?.terms[0]).toEqual({ term: "invoice", weight: 2, where: "title" });
  expect(rows[0]?.title).toStartWith("Title of ");
  expect(rows[2]).toMatchObject({ category: null, needsOcr: true, classifyState: "no_text" });

  const failures = await coordinator.request("GET", `/v1/batches/${batchId}/failures`);
  expect(failures.headers.get("content-type")).toBe("application/x-ndjson");
  expect(lines(await failures.text()).map((row) => failureRowSchema.parse(row))).toHaveLength(1);
  auditReportSchema.parse(await coordinator.json("GET", `/v1/batches/${batchId}/audit`));
  const list = batchListSchema.parse(await coordinator.json("GET", "/v1/batches?state=done&limit=1"));
  expect(list.batches).toMatchObject([{ batchId }]);
  const workers = workerListSchema.parse(await coordinator.json("GET", "/v1/workers"));
  expect(workers.workers.find((row) => row.workerId === worker.id)).toMatchObject({ live: true, slots: 2 });
  expect(JSON.stringify(workers)).not.toContain("dispatchToken");
});

test("results are filtered by state, continued after an ordinal, and streamed in pages", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => (item.ordinal % 400 === 0 ? failedLine(item) : documentLine(item, request))),
    }),
  );
  const batchId = await coordinator.submit(makeItems(1_201));
  await coordinator.ended(batchId);
  const all = await coordinator.results(batchId);
  expect(all.map((row) => row.ordinal)).toEqual(Array.from({ length: 1_201 }, (_, ordinal) => ordinal));
  expect((await coordinator.results(batchId, "?state=failed")).map((row) => row.ordinal)).toEqual([0, 400, 800, 1_200]);
  expect(await coordinator.results(batchId, "?after=1198")).toHaveLength(2);
  const failures = await coordinator.request("GET", `/v1/batches/${batchId}/failures?after=0&limit=2`);
  expect(lines(await failures.text()).map((row) => row.ordinal)).toEqual([400, 800]);
  expect((await coordinator.request("GET", `/v1/batches/${batchId}/results?state=odd`)).status).toBe(400);
});

test("events: the status at once, then at changes, and the stream ends with the batch", async () => {
  const { coordinator } = cluster;
  const go = Promise.withResolvers<void>();
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: async function* (request, signal) {
        yield { line: "progress", done: 0, current: null };
        await go.promise;
        yield* answerAll()(request, signal);
      },
    }),
  );
  const batchId = await coordinator.submit(makeItems(5));
  const response = await coordinator.request("GET", `/v1/batches/${batchId}/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events: BatchStatus[] = [];
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    const parts = text.split("\n\n");
    text = parts.pop() ?? "";
    for (const part of parts.filter((entry) => entry.startsWith("event: status\n"))) {
      events.push(batchStatusSchema.parse(JSON.parse(at(part.split("data: "), 1))));
    }
    if (events.length === 1) go.resolve();
  }
  expect(events[0]?.state).toBe("sealed");
  expect(events.at(-1)).toEqual(await coordinator.status(batchId));
  expect(events.at(-1)?.state).toBe("done");
  const missing = await coordinator.request("GET", `/v1/batches/${crypto.randomUUID()}/events`);
  expect(missing.status).toBe(404);
});
