import { beforeAll, expect, test } from "bun:test";
import { SluiceClient } from "@sluice/client";
import type { BatchEvent } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { Client } from "pg";
import { connectDatabase } from "../src/db/database.ts";
import { recordEvent } from "../src/db/queries/record-event.ts";
import { forgetEvents } from "../src/events/forget-events.ts";
import { startListening } from "./support/event-listener.ts";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { eventOf, startReceiver } from "./support/webhook-receiver.ts";
import {
  ADMIN,
  at,
  makeItems,
  startTestCoordinator,
  type TestCoordinator,
  waitUntil,
} from "./support/test-coordinator.ts";

const cluster = useCoordinator({ SLUICE_WEBHOOK_HOSTS: "127.0.0.1:*" });
let client: SluiceClient;

beforeAll(() => {
  client = clientOf(cluster.coordinator);
});

const clientOf = (coordinator: TestCoordinator) => new SluiceClient({ baseUrl: coordinator.url, token: ADMIN });

/** An event in a transaction of its own, which stays open until `commit`. */
async function openEvent(batchId: string): Promise<{ commit(): Promise<void> }> {
  const connection = new Client({ connectionString: cluster.databaseUrl });
  await connection.connect();
  await connection.query("begin");
  await connection.query("select from batches where id = $1 for no key update", [batchId]);
  await recordEvent(connection, batchId, "batch.paused");
  return {
    commit: async () => {
      await connection.query("commit");
      await connection.end();
    },
  };
}

test("every change of a batch is told once, in order, with what it changed; nothing that changed nothing is", async () => {
  const { coordinator } = cluster;
  let failing = true;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => {
        return failing && item.ordinal === 1 ? failedLine(item) : documentLine(item, request);
      }),
    }),
  );
  const listener = scope.use(startListening((options) => client.events({ after: 0, ...options })));
  const { batchId } = await coordinator.open({}, { name: "told", submissionKey: "k" });
  const control = (verb: string, body: object = {}) => coordinator.json("POST", `/v1/batches/${batchId}/${verb}`, body);
  await control("pause");
  await control("pause");
  await coordinator.json("PATCH", `/v1/batches/${batchId}`, { priority: "bulk" });
  await coordinator.json("PATCH", `/v1/batches/${batchId}`, { priority: "bulk" });
  await control("resume");
  await coordinator.append(batchId, makeItems(3));
  await coordinator.seal(batchId, 3);
  await coordinator.seal(batchId, 3);
  await coordinator.ended(batchId);
  failing = false;
  await control("retry", { codes: ["CHILD_OOM"] });
  await control("retry");
  await coordinator.ended(batchId);
  await control("cancel");
  const events = await listener.hears(batchId, 8);
  expect(events.map(({ type, state, detail }) => [type, state, detail])).toMatchObject([
    ["batch.opened", "open", { priority: "normal" }],
    ["batch.paused", "open", {}],
    ["batch.priority", "open", { priority: "bulk" }],
    ["batch.resumed", "open", {}],
    ["batch.sealed", "sealed", { items: 3 }],
    [
      "batch.done",
      "done",
      { items: 3, pages: 4, extract: { succeeded: 2, failed: 1 }, classify: { classified: 2, none: 1 } },
    ],
    ["batch.retried", "sealed", { retried: 1 }],
    ["batch.done", "done", { items: 3, extract: { succeeded: 3 }, classify: { classified: 3 } }],
  ]);
  expect(new Set(events.map((event) => event.name))).toEqual(new Set(["told"]));
  expect(new Set(events.map((event) => event.eventId)).size).toBe(8);

  // One that takes the place of another ends it first; an empty one is done when it is sealed.
  const first = (await coordinator.open({}, { submissionKey: "twice" })).batchId;
  const second = (await coordinator.open({}, { submissionKey: "twice", supersede: true })).batchId;
  await coordinator.seal(second, 0);
  await listener.hears(second, 3);
  expect([listener.types(first), listener.types(second)]).toEqual([
    ["batch.opened", "batch.cancelled"],
    ["batch.opened", "batch.sealed", "batch.done"],
  ]);
  expect(at(listener.events(first), 1).position).toBeLessThan(at(listener.events(second), 0).position);
  expect(listener.types(batchId)).toHaveLength(8);

  // Nobody finds it any more, and everybody hears why.
  await coordinator.request("DELETE", `/v1/batches/${second}`);
  expect((await listener.hears(second, 4)).at(-1)?.type).toBe("batch.deleted");
});

test("a token hears of what it may see, by a stream and by a webhook, and no longer when it is revoked", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const receiver = scope.use(await startReceiver());
  const [mine, other] = await Promise.all(
    ["mine", "other"].map((name) => coordinator.json("POST", "/v1/tokens", { role: "submit", name })),
  );
  const from = (token: string) => new SluiceClient({ baseUrl: coordinator.url, token });
  const listener = scope.use(startListening((options) => from(mine.token).events({ after: 0, ...options })));
  await from(mine.token).createWebhook({ url: `${receiver.url}/ok` });
  const foreign = (await from(other.token).openBatch()).batch.batchId;
  const own = (await from(mine.token).openBatch()).batch.batchId;
  const nobodys = (await coordinator.open()).batchId;
  await listener.hears(own, 1);
  await listener.hears(nobodys, 1);
  await waitUntil(() => receiver.received.length >= 2);
  const told = new Set(receiver.received.map((request) => eventOf(request).batchId));
  expect([listener.events(foreign).length, told.has(foreign), told.has(own), told.has(nobodys)]).toEqual([
    0,
    false,
    true,
    true,
  ]);
  const named = from(mine.token).createWebhook({ url: receiver.url, batchId: foreign });
  await expect(named).rejects.toMatchObject({ code: "NOT_FOUND" });
  await coordinator.request("DELETE", `/v1/tokens/${mine.tokenId}`);
  await using all = startListening((options) => client.events(options));
  await coordinator.json("POST", `/v1/batches/${nobodys}/cancel`, {});
  await all.hears(nobodys, 1);
  const made = await coordinator.sql("select type from webhook_deliveries where batch_id = $1", [nobodys]);
  expect(made).toEqual([{ type: "batch.opened" }]);
});

test("a batch's stream goes on behind the event that was heard last, and ends with the batch, everything told", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const { batchId } = await coordinator.open();
  const pause = () => coordinator.json("POST", `/v1/batches/${batchId}/pause`, {});
  const resume = () => coordinator.json("POST", `/v1/batches/${batchId}/resume`, {});
  await pause();
  const before = await waitUntil(async () => {
    const rows = await coordinator.sql("select position from batch_events where batch_id = $1 order by entry", [
      batchId,
    ]);
    return rows.length === 2 && rows[1].position !== null ? rows.map((row) => Number(row.position)) : null;
  });
  await resume();
  const listener = scope.use(
    startListening((options) => client.batchEvents(batchId, { after: at(before, 0), ...options })),
  );
  await listener.hears(batchId, 2);
  await coordinator.append(batchId, makeItems(5));
  await coordinator.seal(batchId, 5);
  await coordinator.ended(batchId);
  expect((await listener.hears(batchId, 4)).map((event) => event.type)).toEqual([
    "batch.paused",
    "batch.resumed",
    "batch.sealed",
    "batch.done",
  ]);
  // Long after its end, from the beginning.
  const all = await Array.fromAsync(client.batchEvents(batchId, { after: 0 }), ({ type }) => type);
  expect(all).toEqual(["batch.opened", "batch.paused", "batch.resumed", "batch.sealed", "batch.done"]);
  const none = await Array.fromAsync(client.batchEvents(batchId, { after: at(listener.events(), -1).position }));
  expect(none).toEqual([]);
  // The statuses beside them have ids to go on from, too; the last message is the final status.
  const response = await fetch(`${coordinator.url}/v1/batches/${batchId}/events`, {
    headers: { authorization: `Bearer ${ADMIN}`, "last-event-id": String(at(before, 1)) },
  });
  const messages = (await response.text()).split("\n\n").filter((message) => message.startsWith("event:"));
  expect(messages.map((message) => /^event: (\w+)\nid: \d+\ndata: \{/.exec(message)?.[1])).toEqual([
    "change",
    "change",
    "change",
    "status",
  ]);
  const odd = await fetch(`${coordinator.url}/v1/events`, {
    headers: { authorization: `Bearer ${ADMIN}`, "last-event-id": "yesterday" },
  });
  expect(odd.status).toBe(400);
});

test("what a long transaction writes before others and commits after them is missed by nobody", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  expect(worker.id).not.toBe("");
  const slow = (await coordinator.open()).batchId;
  const quick = (await coordinator.open()).batchId;
  await using live = startListening((options) => client.events({ after: 0, ...options }));
  await live.hears(quick, 1);
  const held = await openEvent(slow);
  await (await openEvent(quick)).commit();
  const { position } = at(await live.hears(quick, 2), 1);
  await using resumed = startListening((options) => client.events({ after: position, ...options }));
  await held.commit();
  for (const listener of [live, resumed]) {
    const last = at(await listener.hears(slow, listener === live ? 2 : 1), -1);
    expect(last.position).toBeGreaterThan(position);
  }
  const entries = await coordinator.sql(
    "select batch_id from batch_events where batch_id = any($1::uuid[]) and type = 'batch.paused' order by entry",
    [[slow, quick]],
  );
  expect(entries.map((row) => row.batch_id)).toEqual([slow, quick]);
});

test("two coordinators and many transactions at once: all listeners hear the same, each batch in its order, nothing twice", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const second = scope.use(await startTestCoordinator(cluster.databaseUrl));
  const batches = await Promise.all(Array.from({ length: 6 }, async () => (await coordinator.open()).batchId));
  const opened = await waitUntil(async () => {
    const rows = await coordinator.sql(
      "select max(position) as last, count(*) filter (where position is null) as open from batch_events",
    );
    return Number(rows[0].open) === 0 ? Number(rows[0].last) : null;
  });
  const listeners = [client, clientOf(second), client].map((from) =>
    scope.use(startListening((options) => from.events({ after: opened, ...options }))),
  );
  const EACH = 15;
  await Promise.all(
    batches.map(async (batchId) => {
      for (let count = 0; count < EACH; count += 1) {
        const event = await openEvent(batchId);
        await Bun.sleep(Math.random() * 30);
        await event.commit();
      }
    }),
  );
  for (const listener of listeners) for (const batchId of batches) await listener.hears(batchId, EACH);
  const written = await coordinator.sql(
    "select event_id, batch_id from batch_events where position > $1 order by entry",
    [opened],
  );
  const [first = [], ...others] = listeners.map((listener) => listener.events());
  expect(first).toHaveLength(batches.length * EACH);
  for (const other of others) expect(other).toEqual(first);
  const positions = first.map((event) => event.position);
  expect(positions).toEqual(positions.toSorted((left, right) => left - right));
  for (const batchId of batches) {
    expect(first.filter((event) => event.batchId === batchId).map((event) => event.eventId)).toEqual(
      written.filter((row) => row.batch_id === batchId).map((row) => row.event_id),
    );
  }
});

test("events are kept for days: who comes back later is told so, with the batches as they stand", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  expect(worker.id).not.toBe("");
  const { batchId } = await coordinator.open();
  await using before = startListening((options) => client.events({ after: 0, ...options }));
  const { position } = at(await before.hears(batchId, 1), 0);
  await coordinator.sql("update batch_events set at = at - interval '8 days' where position <= $1", [position]);
  const database = connectDatabase({
    url: cluster.databaseUrl,
    poolSize: 2,
    logger: createLogger({ name: "test", level: "silent" }),
  });
  expect((await forgetEvents(database, 7)).events).toBeGreaterThan(0);
  await database.close();
  // This coordinator remembers what it has read itself: one that starts now does not.
  await using fresh = await startTestCoordinator(cluster.databaseUrl);
  const later = clientOf(fresh);
  for (const after of [0, position - 1, position + 1_000_000]) {
    await using listener = startListening((options) => later.events({ after, ...options }));
    const reset = await waitUntil(() => listener.heard[0] ?? null);
    expect(reset).toMatchObject({ type: "reset", position });
    if (reset.type !== "reset") throw new Error("no reset");
    expect(reset.batches.map((batch) => batch.batchId)).toContain(batchId);
    await using ofBatch = startListening((options) => later.batchEvents(batchId, { after, ...options }));
    await waitUntil(() => ofBatch.heard.length > 0);
    expect(ofBatch.heard).toMatchObject([{ type: "reset", position, batches: [{ batchId, state: "open" }] }]);
  }
  await using listener = startListening((options) => later.events({ after: position, ...options }));
  await using ofBatch = startListening((options) => later.batchEvents(batchId, { after: position, ...options }));
  await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  await listener.hears(batchId, 1);
  await ofBatch.hears(batchId, 1);
  expect([listener.heard, ofBatch.heard].map((heard) => heard.map((event) => event.type))).toEqual([
    ["batch.cancelled"],
    ["batch.cancelled"],
  ]);
});

test("only the types that are asked for, and signs of life where nothing happens", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  expect(worker.id).not.toBe("");
  await using listener = startListening((options) => client.events({ types: ["batch.cancelled"], ...options }));
  const response = await coordinator.request("GET", "/v1/events?types=batch.deleted");
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  let text = "";
  const reader = response.body?.getReader();
  const began = Date.now();
  const { batchId } = await coordinator.open();
  await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  while (text.split(": still here").length < 3 && Date.now() - began < 20_000) {
    const chunk = await reader?.read();
    text += Buffer.from(chunk?.value ?? []).toString();
  }
  await reader?.cancel();
  expect(text).toBe(": still here\n\n: still here\n\n");
  expect((await listener.hears(batchId, 1)).map((event: BatchEvent) => event.type)).toEqual(["batch.cancelled"]);
  expect((await coordinator.request("GET", "/v1/events?types=batch.eaten")).status).toBe(400);
});
