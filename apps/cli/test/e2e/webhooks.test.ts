/** `webhooks`: made, called, looked at and deleted by the command line, against a coordinator and a receiver. */
import { afterAll, expect, test } from "bun:test";
import { startTestCluster } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

let answers = 204;
const heard: { type: string; id: string | null }[] = [];
const receiver = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { type } = (await request.json()) as { type: string };
    heard.push({ type, id: request.headers.get("webhook-id") });
    return new Response(null, { status: answers });
  },
});
const cluster = await startTestCluster({ coordinatorEnvironment: { SLUICE_WEBHOOK_HOSTS: "127.0.0.1:*" } });
const url = `http://127.0.0.1:${receiver.port}/in`;
const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken };
const webhooks = (...args: string[]) => runCli(["webhooks", ...args], { env });

afterAll(async () => {
  await cluster.stop();
  await receiver.stop(true);
});

test("none yet; a URL that the server does not trust is refused with its reason", async () => {
  expect(await webhooks()).toMatchObject({ exit: 0, stdout: "no webhook yet; `webhooks create URL` makes one\n" });
  expect(jsonOf(await webhooks("create", "http://10.0.0.1/in", "--json"))).toMatchObject({
    error: { code: "WEBHOOK_REFUSED" },
    exit: 2,
  });
  const unknown = await webhooks("create", url, "--event", "batch.never");
  expect(unknown).toMatchObject({ exit: 2, stderr: expect.stringContaining("batch.done") });
});

test("made, tested, called, listed, sent again and deleted", async () => {
  const made = await webhooks(
    "create",
    url,
    "--event",
    "batch.done",
    "--event",
    "batch.cancelled",
    "--description",
    "me",
  );
  expect(made).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^whsec_\S+\n$/) });
  const id = /webhook ([0-9a-f-]{36});/.exec(made.stderr)?.[1] ?? "";
  expect(await webhooks("test", id)).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/ delivered: 204 after /),
  });

  const { batch } = await cluster.client.openBatch();
  await cluster.client.sealBatch(batch.batchId, 0);
  const deliveries = async (...args: string[]) =>
    jsonOf(await webhooks("deliveries", id, "--json", ...args))["deliveries"] as { deliveryId: string; type: string }[];
  let done = (await deliveries("--state", "delivered")).find(({ type }) => type === "batch.done");
  for (let looks = 0; done === undefined && looks < 50; looks += 1) {
    done = (await deliveries("--state", "delivered")).find(({ type }) => type === "batch.done");
  }
  expect(heard.map(({ type }) => type)).toEqual(["webhook.test", "batch.done"]);
  const shown = await webhooks("deliveries", id.slice(0, 18));
  expect(shown.stdout).toMatch(/^id +made \(UTC\) +event +state +tries +said\n\S+ .* batch\.done +delivered +1 +204\n/);
  expect((await webhooks("list")).stdout).toMatch(/ on +0 +batch\.done, batch\.cancelled +http:\S+ +me\n/);

  const again = await webhooks("redeliver", id, done?.deliveryId ?? "");
  expect(again).toMatchObject({ exit: 0, stdout: expect.stringContaining("delivered: 204") });
  expect(heard.at(-1)).toEqual(heard.at(-2));

  answers = 500;
  const failing = await webhooks("test", id, "--json");
  expect(failing.exit).toBe(1);
  expect(jsonOf(failing)).toMatchObject({ delivery: { state: "pending", tries: 1, status: 500 } });
  expect((await webhooks("test", id)).stdout).toMatch(/pending: .*500.*\n {2}it is tried again at 2.* UTC\n$/);

  expect(jsonOf(await webhooks("delete", id, "--json"))).toEqual({ webhookId: id, deleted: true });
  expect(jsonOf(await webhooks("list", "--json"))).toEqual({ webhooks: [] });
  expect(jsonOf(await webhooks("delete", id, "--json"))).toMatchObject({ error: { code: "NOT_FOUND" }, exit: 2 });
  expect(jsonOf(await webhooks("test", "0197", "--json"))).toMatchObject({ error: { code: "NOT_FOUND" }, exit: 2 });
  expect(jsonOf(await webhooks("test", "mine", "--json"))).toMatchObject({ error: { code: "USAGE" }, exit: 2 });
}, 60_000);
