import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SluiceClient } from "@sluice/client";
import { EVENT_TYPES } from "@sluice/contracts";
import { temporaryFolder } from "@sluice/testkit";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator({ SLUICE_WEBHOOK_HOSTS: "localhost:*", SLUICE_WEBHOOK_RETRY_SECONDS: "0.05" });
const guide = readFileSync(join(import.meta.dir, "../../../docs/events.md"), "utf8");

test("the guide names every event", () => {
  for (const type of EVENT_TYPES) expect(guide).toContain(`\`${type}\``);
});

test("the receiver of the guide takes what is signed, once, and refuses what is not", async () => {
  const [, code = ""] = /```ts receiver\n([\s\S]*?)```/.exec(guide) ?? [];
  using folder = temporaryFolder();
  const file = join(folder.path, "receiver.ts");
  await Bun.write(file, code);
  const client = new SluiceClient({ baseUrl: cluster.coordinator.url, token: ADMIN });
  await using worker = await startFakeWorker(cluster.coordinator);
  expect(worker.id).not.toBe("");
  const port = freePort();
  const { webhook, secret } = await client.createWebhook({
    url: `http://localhost:${port}/hook`,
    types: ["batch.done"],
  });
  const receiver = Bun.spawn([process.execPath, file], {
    env: { PATH: Bun.env["PATH"] ?? "", WEBHOOK_SECRET: secret, PORT: String(port) },
    stdout: "pipe",
    stderr: "inherit",
  });
  try {
    let said = "";
    void (async () => {
      for await (const chunk of receiver.stdout) said += Buffer.from(chunk).toString();
    })();
    await waitUntil(() => said.includes("listening"));
    const { batchId } = (await client.openBatch()).batch;
    await client.sealBatch(batchId, 0);
    await waitUntil(() => said.includes(`batch.done ${batchId}`));
    const [delivery] = await waitUntil(async () => {
      const { deliveries } = await client.listDeliveries(webhook.webhookId, { state: "delivered" });
      return deliveries.length > 0 ? deliveries : null;
    });
    await client.redeliver(webhook.webhookId, delivery?.deliveryId ?? "");
    await waitUntil(
      async () => (await client.listDeliveries(webhook.webhookId, { state: "delivered" })).deliveries.length > 0,
    );
    const forged = await fetch(`http://localhost:${port}/hook`, {
      method: "POST",
      headers: {
        "webhook-id": "1",
        "webhook-timestamp": String(Math.floor(Date.now() / 1_000)),
        "webhook-signature": "v1,bm9uc2Vuc2U=",
      },
      body: JSON.stringify({ type: "batch.done", data: { batchId: "forged" } }),
    });
    expect(forged.status).toBe(401);
    expect(said.trim().split("\n")).toEqual(["listening", `batch.done ${batchId}`]);
  } finally {
    receiver.kill();
    await receiver.exited;
  }
});

function freePort(): number {
  const server = Bun.serve({ port: 0, fetch: () => new Response() });
  const { port = 0 } = server;
  void server.stop(true);
  return port;
}
