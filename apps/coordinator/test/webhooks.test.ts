import { afterAll, beforeAll, expect, test } from "bun:test";
import { ApiError, SluiceClient } from "@sluice/client";
import type { CreateWebhookRequest, Delivery, DeliveryState } from "@sluice/contracts";
import { metricValue, parseMetrics } from "@sluice/testkit";
import { Webhook } from "standardwebhooks";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, type Json, SUBMIT, waitUntil } from "./support/test-coordinator.ts";
import { eventOf, messageOf, startReceiver, type WebhookReceiver } from "./support/webhook-receiver.ts";

const cluster = useCoordinator({
  SLUICE_WEBHOOK_HOSTS: "127.0.0.1:*",
  SLUICE_WEBHOOK_RETRY_SECONDS: "0.05",
  SLUICE_WEBHOOK_TIMEOUT_SECONDS: "1",
});
let client: SluiceClient;
let receiver: WebhookReceiver;

beforeAll(async () => {
  client = new SluiceClient({ baseUrl: cluster.coordinator.url, token: ADMIN });
  receiver = await startReceiver();
  // A build to open batches for.
  await (await startFakeWorker(cluster.coordinator))[Symbol.asyncDispose]();
}, 60_000);
afterAll(() => receiver[Symbol.asyncDispose]());

/** A webhook that is gone with its scope: what other tests do is none of its business. */
async function webhookAt(url: string, more: Partial<CreateWebhookRequest> = {}, from = client) {
  const { webhook, secret } = await from.createWebhook({ url, ...more });
  return {
    id: webhook.webhookId,
    webhook,
    secret,
    deliveries: async (state?: DeliveryState) => {
      return (await from.listDeliveries(webhook.webhookId, state === undefined ? {} : { state })).deliveries;
    },
    [Symbol.asyncDispose]: () => from.deleteWebhook(webhook.webhookId).catch(() => undefined),
  };
}

const requestsAt = (path: string) => receiver.received.filter((request) => request.path === path);
const arrived = (path: string, count: number, from = receiver) =>
  waitUntil(() => {
    const found = from.received.filter((request) => request.path === path);
    return found.length >= count ? found : null;
  });
const settled = (deliveries: () => Promise<Delivery[]>, count: number) =>
  waitUntil(async () => {
    const found = await deliveries();
    return found.length >= count && found.every((delivery) => delivery.state !== "pending") ? found : null;
  });
const open = async () => (await client.openBatch()).batch.batchId;
const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ApiError ? error.code : String(error);
};

test("events arrive signed, in order, and the log says how each went", async () => {
  await using hook = await webhookAt(`${receiver.url}/ok/all`, { description: "mine" });
  expect(hook.secret).toStartWith("whsec_");
  const batchId = await open();
  await client.pauseBatch(batchId);
  await client.resumeBatch(batchId);
  await client.sealBatch(batchId, 0);
  const requests = await arrived("/ok/all", 5);
  expect(requests.map((request) => messageOf(request).type)).toEqual([
    "batch.opened",
    "batch.paused",
    "batch.resumed",
    "batch.sealed",
    "batch.done",
  ]);
  for (const request of requests) {
    const event = eventOf(request);
    expect(event).toMatchObject({ batchId, type: messageOf(request).type, at: messageOf(request).timestamp });
    expect(request.headers["webhook-id"]).toBe(event.eventId);
    expect(request.headers["user-agent"]).toStartWith("Sluice/");
    // By an implementation that is not ours.
    expect(new Webhook(hook.secret).verify(request.body, request.headers)).toEqual(JSON.parse(request.body));
  }
  const log = await settled(() => hook.deliveries(), 5);
  expect(log.map((delivery) => delivery.type).toReversed()).toEqual(requests.map((request) => messageOf(request).type));
  for (const delivery of log) {
    expect(delivery).toMatchObject({
      state: "delivered",
      tries: 1,
      status: 204,
      error: null,
      nextTryAt: null,
      batchId,
    });
    expect(delivery.latencyMs).toBeGreaterThanOrEqual(0);
  }
  const page = await client.listDeliveries(hook.id, { limit: 2 });
  const rest = await client.listDeliveries(hook.id, { before: page.next ?? 0, limit: 10 });
  expect([...page.deliveries, ...rest.deliveries]).toEqual(log);
  expect(rest.next).toBeNull();
  // The secret is shown where it is made and nowhere else.
  const listed = await (await cluster.coordinator.request("GET", "/v1/webhooks")).text();
  expect(listed).toContain(hook.id);
  expect(listed).not.toContain("whsec_");
});

test("a webhook is told of what it asked for: types, a batch; and another caller sees nothing of it", async () => {
  const one = await open();
  // What is told after a webhook was made is told to it, and so may be what has happened just before.
  await waitUntil(async () => {
    const rows = await cluster.coordinator.sql("select from batch_events where position is null");
    return rows.length === 0;
  });
  const submitter = new SluiceClient({ baseUrl: cluster.coordinator.url, token: SUBMIT });
  await using ofType = await webhookAt(`${receiver.url}/ok/type`, { types: ["batch.cancelled", "batch.paused"] });
  await using ofBatch = await webhookAt(`${receiver.url}/ok/batch`, { batchId: one });
  await using ofOther = await webhookAt(`${receiver.url}/ok/other`, {}, submitter);
  const two = await open();
  for (const batchId of [two, one]) await client.cancelBatch(batchId);
  await arrived("/ok/other", 3);
  await arrived("/ok/type", 2);
  await arrived("/ok/batch", 1);
  expect(requestsAt("/ok/type").map((request) => eventOf(request).batchId)).toEqual([two, one]);
  expect(requestsAt("/ok/batch").map((request) => eventOf(request).type)).toEqual(["batch.cancelled"]);
  const ids = async (from: SluiceClient) => (await from.listWebhooks()).map((webhook) => webhook.webhookId);
  expect(await ids(submitter)).toEqual([ofOther.id]);
  expect(await ids(client)).toEqual([ofType.id, ofBatch.id, ofOther.id]);
  expect(await refusal(submitter.listDeliveries(ofType.id))).toBe("NOT_FOUND");
  expect(await refusal(submitter.testWebhook(ofType.id))).toBe("NOT_FOUND");
  expect(await refusal(submitter.deleteWebhook(ofType.id))).toBe("NOT_FOUND");
  const [delivery] = await ofType.deliveries();
  expect(await refusal(submitter.redeliver(ofType.id, delivery?.deliveryId ?? ""))).toBe("NOT_FOUND");
  expect(await refusal(client.createWebhook({ url: receiver.url, batchId: crypto.randomUUID() }))).toBe("NOT_FOUND");
  await client.deleteWebhook(ofType.id);
  await open();
  expect(await refusal(client.listDeliveries(ofType.id))).toBe("NOT_FOUND");
});

test("a receiver that fails is asked again; what comes after in a batch waits for it, other batches do not", async () => {
  await using hook = await webhookAt(`${receiver.url}/fail/3/503`);
  const one = await open();
  await client.pauseBatch(one);
  const two = await open();
  const requests = await waitUntil(() => {
    const ours = requestsAt("/fail/3/503").filter((request) => [one, two].includes(eventOf(request).batchId));
    return ours.length >= 12 ? ours : null;
  });
  const tries = requests.map((request) => `${eventOf(request).batchId === one ? 1 : 2} ${eventOf(request).type}`);
  expect(tries.filter((entry) => entry.startsWith("1"))).toEqual([
    ...Array.from({ length: 4 }, () => "1 batch.opened"),
    ...Array.from({ length: 4 }, () => "1 batch.paused"),
  ]);
  // It did not wait for the other one's second event.
  expect(tries.indexOf("2 batch.opened")).toBeLessThan(tries.indexOf("1 batch.paused"));
  expect(eventOf(at(requests, 0)).batchId).toBe(one);
  const ours = async () => (await hook.deliveries()).filter(({ batchId }) => batchId === one || batchId === two);
  const log = await settled(ours, 3);
  expect(log.map(({ state, tries: count, status }) => ({ state, count, status }))).toEqual(
    Array.from({ length: 3 }, () => ({ state: "delivered", count: 4, status: 204 })),
  );
  // Each try is signed anew, under the same id.
  for (const request of requests) new Webhook(hook.secret).verify(request.body, request.headers);
});

test("a receiver that is killed gets everything when it is back, also what happened meanwhile", async () => {
  const first = await startReceiver();
  await using hook = await webhookAt(`${first.url}/ok/back`);
  const batchId = await open();
  await arrived("/ok/back", 1, first);
  await first.kill();
  await client.pauseBatch(batchId);
  await client.resumeBatch(batchId);
  const [head, next] = await waitUntil(async () => {
    const pending = (await hook.deliveries("pending")).toReversed();
    return pending.length === 2 && at(pending, 0).error !== null ? pending : null;
  });
  expect(head).toMatchObject({ type: "batch.paused", status: null });
  expect(next).toMatchObject({ type: "batch.resumed", tries: 0, error: null });
  await using second = await startReceiver(first.port);
  const requests = await arrived("/ok/back", 2, second);
  expect(requests.map((request) => eventOf(request).type)).toEqual(["batch.paused", "batch.resumed"]);
});

test("a receiver that is slow is given up after its time, and holds up nobody else", async () => {
  await using slow = await webhookAt(`${receiver.url}/slow/3000`);
  await using quick = await webhookAt(`${receiver.url}/ok/quick`);
  await Promise.all(Array.from({ length: 40 }, open));
  await arrived("/ok/quick", 40);
  const log = await waitUntil(async () => {
    const tried = (await slow.deliveries()).filter((delivery) => delivery.error !== null);
    return tried.length > 0 ? tried : null;
  });
  expect(at(log, 0)).toMatchObject({ state: "pending", status: null, error: "There was no answer in 1000 ms." });
  expect((await settled(() => quick.deliveries(), 40)).every((delivery) => delivery.state === "delivered")).toBe(true);
  expect((await slow.deliveries()).every((delivery) => delivery.state === "pending")).toBe(true);
});

test("410 ends it: the webhook is disabled, and what waits for it is dropped", async () => {
  await using hook = await webhookAt(`${receiver.url}/status/410`);
  const batchId = await open();
  await client.pauseBatch(batchId);
  await waitUntil(async () => (await client.listWebhooks()).find((each) => each.webhookId === hook.id)?.disabledAt);
  const log = await settled(() => hook.deliveries(), 1);
  const first = at(log, -1);
  expect(first).toMatchObject({ type: "batch.opened", state: "failed", status: 410, tries: 1 });
  expect(log.slice(0, -1).every((delivery) => delivery.state === "dropped")).toBe(true);
  const before = requestsAt("/status/410").length;
  await client.resumeBatch(batchId);
  await using other = await webhookAt(`${receiver.url}/ok/after`);
  await client.cancelBatch(batchId);
  await arrived("/ok/after", 1);
  expect(requestsAt("/status/410")).toHaveLength(before);
  expect(other.webhook.disabledAt).toBeNull();
  expect(await refusal(client.redeliver(hook.id, first.deliveryId))).toBe("CONFLICT");
  expect(await refusal(client.testWebhook(hook.id))).toBe("CONFLICT");
});

test("a test arrives, and what has arrived arrives again under its id when somebody asks for it", async () => {
  await using hook = await webhookAt(`${receiver.url}/ok/test`);
  const asked = await client.testWebhook(hook.id);
  expect(asked).toMatchObject({ type: "webhook.test", state: "pending", tries: 0, batchId: null });
  const request = at(await arrived("/ok/test", 1), 0);
  expect(messageOf(request)).toMatchObject({ type: "webhook.test", data: { webhookId: hook.id } });
  new Webhook(hook.secret).verify(request.body, request.headers);
  await settled(() => hook.deliveries(), 1);
  expect(await client.redeliver(hook.id, asked.deliveryId)).toMatchObject({ state: "pending", tries: 0 });
  const again = at(await arrived("/ok/test", 2), 1);
  expect([again.body, again.headers["webhook-id"]]).toEqual([request.body, request.headers["webhook-id"] ?? ""]);
  expect(await refusal(client.redeliver(hook.id, crypto.randomUUID()))).toBe("NOT_FOUND");
});

test("a delivery nobody takes is given up after its last try, what follows it goes on, and metrics say so", async () => {
  const metrics = async () => parseMetrics(await (await cluster.coordinator.request("GET", "/metrics")).text());
  const before = await metrics();
  await using hook = await webhookAt(`${receiver.url}/status/500`);
  const asked = await client.testWebhook(hook.id);
  // Eleven tries are behind it.
  await waitUntil(async () => {
    const moved = await cluster.coordinator.sql(
      "update webhook_deliveries set tries = 11, next_try_at = now() where id = $1 and tries > 0 and error is not null returning 1",
      [asked.deliveryId],
    );
    return moved.length > 0;
  });
  const [last] = await settled(() => hook.deliveries(), 1);
  expect(last).toMatchObject({ state: "failed", status: 500, error: "The receiver answered 500." });
  expect(JSON.stringify(last)).not.toContain("inside");
  const after = await metrics();
  const grown = (name: string, labels: Record<string, string> = {}) =>
    metricValue(after, name, labels) - metricValue(before, name, labels);
  expect(grown("sluice_webhook_given_up_total")).toBe(1);
  expect(grown("sluice_webhook_tries_total", { outcome: "refused" })).toBeGreaterThanOrEqual(2);
  expect(metricValue(after, "sluice_webhook_tries_total", { outcome: "delivered" })).toBeGreaterThan(0);
  expect(metricValue(after, "sluice_webhook_deliveries_pending")).toBeGreaterThanOrEqual(0);
});

test("what is no webhook is refused, and routes open to their roles", async () => {
  const post = async (body: Json, token: string | null = ADMIN) =>
    (await cluster.coordinator.request("POST", "/v1/webhooks", body, token)).status;
  expect(await post({ url: "not a url" })).toBe(400);
  expect(await post({ url: "ftp://example.org/" })).toBe(400);
  expect(await post({ url: receiver.url, types: ["batch.eaten"] })).toBe(400);
  expect(await post({ url: receiver.url, types: [] })).toBe(400);
  expect(await post({ url: receiver.url }, null)).toBe(401);
  expect(await post({ url: receiver.url }, "worker-token-for-tests")).toBe(403);
});
