import { createHmac } from "node:crypto";
import { expect, test } from "bun:test";
import type { ReceivedCall } from "../receiver/received-call.ts";
import type { BookedBatch } from "../run/book.ts";
import { batchEventFaults, deliveryFaults, type StoredEvent, watchFaults } from "./check-events.ts";

const types = ["batch.opened", "batch.sealed", "batch.done"];
const events: StoredEvent[] = types.map((type, index) => ({
  event_id: `event-${index}`,
  batch_id: "batch-1",
  name: "round 1 batch 1",
  type,
  position: index + 1,
}));
const key = Buffer.from("a key of webhooks");
const webhook = { path: "/all", secret: `whsec_${key.toString("base64")}`, types: null };

function callOf(event: StoredEvent, mode: ReceivedCall["mode"] = "well"): ReceivedCall {
  const { event_id: id, type, batch_id: batchId } = event;
  const body = JSON.stringify({ type, timestamp: "", data: { eventId: id, batchId } });
  const signature = `v1,${createHmac("sha256", key).update(`${id}.17.${body}`).digest("base64")}`;
  return { path: "/all", id, timestamp: "17", signature, body, mode };
}

const [opened, sealed, done] = events.map((event) => callOf(event)) as [ReceivedCall, ReceivedCall, ReceivedCall];
const refused = callOf(events[1] as StoredEvent, "refuse");
const kinds = (calls: ReceivedCall[]) => deliveryFaults(webhook, calls, events).map(({ kind }) => kind);

test("deliveries that come at least once and in order are none", () => {
  expect(kinds([opened, sealed, done])).toEqual([]);
  expect(kinds([opened, opened, refused, sealed, done, sealed])).toEqual([]);
});

test.each([
  ["not delivered", [opened, sealed]],
  ["not delivered", [opened, refused, done]],
  ["delivered out of order", [opened, done, sealed]],
  ["a forged delivery", [opened, { ...sealed, signature: "v1,AAAA" }, done]],
  ["a forged delivery", [opened, { ...sealed, body: sealed.body.replace("sealed", "sealed ") }, done]],
  ["a delivery of nothing", [opened, sealed, done, { ...done, id: "event-9" }]],
  ["a delivery of another event", [opened, sealed, { ...opened, id: done.id }]],
])("%s", (kind, calls) => {
  expect(kinds(calls)).toContain(kind);
});

test("a webhook for some types is not told of others", () => {
  const some = { ...webhook, types: ["batch.done"] };
  expect(deliveryFaults(some, [done], events)).toEqual([]);
  expect(deliveryFaults(some, [opened, done], events).map(({ kind }) => kind)).toEqual(["a delivery of nothing"]);
});

test("a listener who missed one, heard one twice, or in another order", () => {
  const heard = events.map(({ position, event_id, type, batch_id }) => ({
    position,
    eventId: event_id,
    type,
    batchId: batch_id,
  }));
  const [first, second, third] = heard as [(typeof heard)[0], (typeof heard)[0], (typeof heard)[0]];
  expect(watchFaults(heard, events)).toEqual([]);
  for (const wrong of [
    [first, third],
    [first, second, second, third],
    [second, first, third],
    [first, second],
  ]) {
    expect(watchFaults(wrong, events)).toHaveLength(1);
  }
});

test("events of a batch that do not fit what was done with it", () => {
  const batch = { end: "sealed", paused: null, deleted: false, retries: 0 } as unknown as BookedBatch;
  const [first, second, third] = events as [StoredEvent, StoredEvent, StoredEvent];
  expect(batchEventFaults(batch, "done", events)).toEqual([]);
  expect(
    batchEventFaults({ ...batch, retries: 1 }, "done", [...events, { ...third, type: "batch.retried" }, third]),
  ).toEqual([]);
  for (const wrong of [
    [first, second],
    [second, third],
    [first, third],
    [...events, third],
    [first, first, second, third],
    [first, third, second],
  ]) {
    expect(batchEventFaults(batch, "done", wrong).length).toBeGreaterThan(0);
  }
  expect(batchEventFaults({ ...batch, deleted: true }, null, events).length).toBeGreaterThan(0);
  expect(batchEventFaults(batch, "cancelled", events).length).toBeGreaterThan(0);
});
