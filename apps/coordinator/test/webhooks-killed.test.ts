import { expect, test } from "bun:test";
import { SluiceClient } from "@sluice/client";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { ADMIN, at, waitUntil } from "./support/test-coordinator.ts";
import { eventOf, startReceiver } from "./support/webhook-receiver.ts";

const ENV = { SLUICE_WEBHOOK_HOSTS: "127.0.0.1:*", SLUICE_WEBHOOK_RETRY_SECONDS: "0.05" };

test("a coordinator that dies between a delivery and its record leaves it to another one: again, under the same id", async () => {
  await using database = await coordinatorDatabase();
  await using receiver = await startReceiver();
  const doomed = await spawnCoordinator(database.databaseUrl, ENV);
  await startFakeWorker(doomed);
  const before = new SluiceClient({ baseUrl: doomed.url, token: ADMIN });
  // It has the request and takes its time to answer: nothing is recorded yet.
  const { webhook } = await before.createWebhook({ url: `${receiver.url}/slow/1500` });
  const { batchId } = (await before.openBatch()).batch;
  await before.pauseBatch(batchId);
  await waitUntil(() => receiver.received.length === 1);
  doomed.kill();
  await doomed[Symbol.asyncDispose]();

  await using heir = await spawnCoordinator(database.databaseUrl, ENV);
  const client = new SluiceClient({ baseUrl: heir.url, token: ADMIN });
  await client.resumeBatch(batchId);
  const { deliveries } = await client.listDeliveries(webhook.webhookId);
  // Nobody takes it while its lease lasts: the one who has it may only be slow.
  expect(at(deliveries, -1)).toMatchObject({ type: "batch.opened", state: "pending", tries: 1, status: null });
  expect(Date.parse(at(deliveries, -1).nextTryAt ?? "")).toBeGreaterThan(Date.now() + 5_000);
  await Bun.sleep(1_500);
  expect(receiver.received).toHaveLength(1);
  await heir.sql("update webhook_deliveries set next_try_at = now() where tries = 1");
  await waitUntil(() => receiver.received.length === 4);
  expect(receiver.received.map((request) => eventOf(request).type)).toEqual([
    "batch.opened",
    "batch.opened",
    "batch.paused",
    "batch.resumed",
  ]);
  const [first, again] = receiver.received;
  expect([again?.headers["webhook-id"], again?.body]).toEqual([first?.headers["webhook-id"], first?.body]);
  await waitUntil(async () => {
    const log = (await client.listDeliveries(webhook.webhookId)).deliveries;
    return log.length === 3 && log.every((delivery) => delivery.state === "delivered");
  });
});

test("a coordinator that is told to stop gives back what it cannot end, without a try being counted", async () => {
  await using database = await coordinatorDatabase();
  await using receiver = await startReceiver();
  const stopping = await spawnCoordinator(database.databaseUrl, { ...ENV, SLUICE_DRAIN_SECONDS: "0" });
  await startFakeWorker(stopping);
  const client = new SluiceClient({ baseUrl: stopping.url, token: ADMIN });
  await client.createWebhook({ url: `${receiver.url}/slow/5000` });
  await client.openBatch();
  await waitUntil(() => receiver.received.length === 1);
  expect(await stopping.terminate()).toBe(0);
  const rows = await stopping.sql("select state, tries, next_try_at <= now() as due from webhook_deliveries");
  expect(rows).toEqual([{ state: "pending", tries: 0, due: true }]);
  await stopping[Symbol.asyncDispose]();
});
