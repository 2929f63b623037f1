import { expect, test } from "bun:test";
import { ApiError, SluiceClient } from "@sluice/client";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, waitUntil } from "./support/test-coordinator.ts";
import { startReceiver } from "./support/webhook-receiver.ts";

// One inner host is opened, as somebody does who has a receiver of his own; all else is inside and stays closed.
const cluster = useCoordinator({
  SLUICE_WEBHOOK_HOSTS: "127.0.0.2:*",
  SLUICE_WEBHOOK_RETRY_SECONDS: "0.05",
});

const clientOf = () => new SluiceClient({ baseUrl: cluster.coordinator.url, token: ADMIN });

test("a webhook cannot be pointed into the network of the server", async () => {
  await using inside = await startReceiver();
  const client = clientOf();
  const { port } = inside;
  for (const url of [
    `http://127.0.0.1:${port}/ok`,
    `https://127.0.0.1:${port}/ok`,
    `https://localhost:${port}/ok`,
    `https://2130706433:${port}/ok`,
    `https://0x7f.1:${port}/ok`,
    `https://0177.0.0.1:${port}/ok`,
    `https://[::1]:${port}/ok`,
    `https://[::ffff:127.0.0.1]:${port}/ok`,
    `https://[::]:${port}/ok`,
    `https://0.0.0.0:${port}/ok`,
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://10.0.0.1/",
    "https://[64:ff9b::7f00:1]/",
    "http://example.org/",
    "https://user:password@example.org/",
  ]) {
    const error = await client.createWebhook({ url }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect([url, error instanceof ApiError ? error.code : error]).toEqual([url, "WEBHOOK_REFUSED"]);
  }
  expect(inside.received).toEqual([]);
});

test("a target that turns inside after it was checked is not asked, nor is where it redirects to", async () => {
  await using inside = await startReceiver();
  await using worker = await startFakeWorker(cluster.coordinator);
  expect(worker.id).not.toBe("");
  const client = clientOf();
  const outer = Bun.serve({
    hostname: "127.0.0.2",
    port: 0,
    fetch: () => new Response(null, { status: 302, headers: { location: `http://127.0.0.1:${inside.port}/ok` } }),
  });
  const redirecting = await client.createWebhook({ url: `http://127.0.0.2:${outer.port}/` });
  const turned = await client.createWebhook({ url: `http://127.0.0.2:${outer.port}/` });
  // As a name does that has another address a moment later.
  await cluster.coordinator.sql("update webhooks set url = $2 where id = $1", [
    turned.webhook.webhookId,
    `https://localhost:${inside.port}/ok`,
  ]);
  await client.openBatch();
  const tried = (webhookId: string) =>
    waitUntil(async () => {
      const { deliveries } = await client.listDeliveries(webhookId);
      return deliveries.some((delivery) => delivery.error !== null) ? at(deliveries, 0) : null;
    });
  expect(await tried(redirecting.webhook.webhookId)).toMatchObject({
    state: "pending",
    status: 302,
    error: "A redirect (302) is not followed.",
  });
  const blocked = await tried(turned.webhook.webhookId);
  expect(blocked).toMatchObject({ state: "pending", status: null });
  expect(blocked.error).toContain("not of the open internet");
  expect(inside.received).toEqual([]);
  await outer.stop(true);
});
