import { describe, expect, test } from "bun:test";
import { SluiceClient } from "@sluice/client";
import { TEST_EVENT_TYPE } from "@sluice/contracts";
import { temporaryFolder } from "@sluice/testkit";
import { startAnswerSwallower } from "./support/answer-swallower.ts";
import { answerAll, documentLine, failedLine, labellerOf, startFakeWorker } from "./support/fake-worker.ts";
import { modelFile } from "./support/model-file.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, makeItems, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const folder = temporaryFolder();
const cluster = useCoordinator({ SLUICE_BLOBS: folder.path, SLUICE_WEBHOOK_HOSTS: "127.0.0.1:9" });

interface Creating {
  /** What makes it safe to send again: a key that the caller gives, or what it creates having a name already. */
  readonly by: "key" | "name";
  /** Counts what it makes. */
  readonly effects: string;
  /** Makes ready, by calls whose answers are not lost; returns the one call whose answer is. */
  prepare(client: SluiceClient, coordinator: TestCoordinator): Promise<() => Promise<unknown>>;
}

const failedBatch = async (coordinator: TestCoordinator): Promise<string> => {
  const batchId = await coordinator.submit(makeItems(2));
  await coordinator.ended(batchId);
  return batchId;
};
const webhook = async (client: SluiceClient) =>
  (await client.createWebhook({ url: "http://127.0.0.1:9/" })).webhook.webhookId;

/** Every POST that creates something or has something done once more. */
const CREATING: Record<string, Creating> = {
  "/v1/batches": {
    by: "key",
    effects: "select count(*)::int as n from batches",
    prepare: async (client) => () => client.openBatch({ name: "lost" }),
  },
  "/v1/batches/{id}/items": {
    by: "name",
    effects: "select count(*)::int / 3 as n from items",
    prepare: async (client, coordinator) => {
      const { batchId } = await coordinator.open();
      return () => client.appendItems(batchId, makeItems(3));
    },
  },
  "/v1/batches/{id}/retry": {
    by: "key",
    effects: "select count(*)::int / 2 as n from retried_failures",
    prepare: async (client, coordinator) => {
      const batchId = await failedBatch(coordinator);
      return () => client.retryBatch(batchId);
    },
  },
  "/v1/batches/{id}/reclassify": {
    by: "key",
    effects: "select count(*)::int as n from batches",
    prepare: async (client, coordinator) => {
      const batchId = await failedBatch(coordinator);
      return () => client.reclassifyBatch(batchId);
    },
  },
  "/v1/models": {
    by: "name",
    effects: "select count(*)::int as n from models",
    prepare: async (client) => () => client.storeModel(modelFile({ labels: ["a", crypto.randomUUID()] })),
  },
  "/v1/batches/{id}/items/{ordinal}/retry": {
    by: "key",
    effects: "select count(*)::int as n from retried_failures",
    prepare: async (client, coordinator) => {
      const batchId = await failedBatch(coordinator);
      return () => client.retryItem(batchId, 1);
    },
  },
  "/v1/uploads": {
    by: "name",
    effects: "select count(*)::int as n from uploads",
    prepare: async (client) => () => client.upload(new Blob([`bytes ${crypto.randomUUID()}`]), { name: "a.pdf" }),
  },
  "/v1/uploads/resumable": {
    by: "name",
    effects: "select count(*)::int as n from uploads",
    prepare: async (client) => () =>
      client.upload(new Blob([`pieces ${crypto.randomUUID()}`]), { name: "b.pdf", resumableFromBytes: 1 }),
  },
  "/v1/webhooks": {
    by: "key",
    effects: "select count(*)::int as n from webhooks",
    prepare: async (client) => () => client.createWebhook({ url: "http://127.0.0.1:9/" }),
  },
  "/v1/webhooks/{id}/test": {
    by: "key",
    effects: `select count(*)::int as n from webhook_deliveries where type = '${TEST_EVENT_TYPE}'`,
    prepare: async (client) => {
      const id = await webhook(client);
      return () => client.testWebhook(id);
    },
  },
  "/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver": {
    by: "key",
    effects: "select count(*)::int as n from idempotency_keys where result -> 'value' ->> 'deliveryId' is not null",
    prepare: async (client, coordinator) => {
      const id = await webhook(client);
      const { deliveryId } = await client.testWebhook(id);
      await waitUntil(async () => {
        const query = "update webhook_deliveries set state = 'failed' where id = $1 and tries > 0 returning 1";
        return (await coordinator.sql(query, [deliveryId])).length === 1;
      });
      return () => client.redeliver(id, deliveryId);
    },
  },
  "/v1/tokens": {
    by: "key",
    effects: "select count(*)::int as n from tokens",
    prepare: async (client) => () => client.createToken({ name: "lost", role: "submit" }),
  },
  "/v1/tokens/{id}/rotate": {
    by: "key",
    effects: "select count(*)::int as n from tokens where rotated_at is not null",
    prepare: async (client) => {
      const { tokenId } = await client.createToken({ name: "turned", role: "submit" });
      return () => client.rotateToken(tokenId);
    },
  },
};

/** POSTs after which things are as after two of them, or that make nothing; and why. */
const OTHERS: Record<string, string> = {
  "/v1/batches/{id}/seal": "a sealed batch takes the same seal",
  "/v1/batches/{id}/cancel": "a cancelled batch stays so",
  "/v1/batches/{id}/pause": "paused twice is paused once",
  "/v1/batches/{id}/resume": "resumed twice is resumed once",
  "/v1/batches/{id}/continue": "has a key; needs workers of another build: upgrade.test.ts",
  "/v1/batches/{id}/items/{ordinal}/replay": "stores nothing, and the client sends it once",
  "/v1/workers": "a worker is registered under its own id",
  "/v1/workers/{id}/drain": "drained twice is drained once",
};

test("every POST of the description is in one of the tables; those that create by a key take one", async () => {
  const description = await cluster.coordinator.json("GET", "/v1/openapi.json");
  const posts = Object.entries<Record<string, { parameters?: { name: string }[] }>>(description.paths).filter(
    ([, operations]) => operations["post"] !== undefined,
  );
  const listed = [...Object.keys(CREATING), ...Object.keys(OTHERS)];
  expect(posts.map(([path]) => path.replace(/(?<=.)\/$/, "")).toSorted()).toEqual(listed.toSorted());
  for (const [path, operations] of posts) {
    const creating = CREATING[path.replace(/(?<=.)\/$/, "")];
    if (creating === undefined || creating.by === "name") continue;
    const names = operations["post"]?.parameters?.map((parameter) => parameter.name) ?? [];
    expect([path, names]).toEqual([path, expect.arrayContaining(["idempotency-key"])]);
  }
});

describe("its answer is lost once, the client sends it again, and it is done once", () => {
  test.each(Object.entries(CREATING))("%s", async (_path, { effects, prepare }) => {
    const { coordinator } = cluster;
    await using _worker = await startFakeWorker(coordinator, {
      answer: answerAll((item) => failedLine(item)),
      labellers: [labellerOf("rules@1")],
    });
    await using proxy = await startAnswerSwallower(coordinator.url);
    const client = new SluiceClient({ baseUrl: proxy.url, token: ADMIN });
    const call = await prepare(client, coordinator);
    const count = async () => at(await coordinator.sql(effects), 0).n as number;
    const before = await count();
    const posts = proxy.posts;
    proxy.arm();
    await call();
    expect(proxy.swallowed).toBe(1);
    expect(proxy.posts - posts).toBeGreaterThanOrEqual(2);
    expect((await count()) - before).toBe(1);
  });
});

test("a token whose first answer was lost opens, and no secret of it is in the database", async () => {
  const { coordinator } = cluster;
  await using proxy = await startAnswerSwallower(coordinator.url);
  const client = new SluiceClient({ baseUrl: proxy.url, token: ADMIN });
  proxy.arm();
  const made = await client.createToken({ name: "opens", role: "submit" });
  expect(proxy.swallowed).toBe(1);
  expect((await coordinator.request("GET", "/v1/batches", undefined, made.token)).status).toBe(200);
  proxy.arm();
  const rotated = await client.rotateToken(made.tokenId);
  expect(rotated.token).not.toBe(made.token);
  expect((await coordinator.request("GET", "/v1/batches", undefined, rotated.token)).status).toBe(200);
  const kept = JSON.stringify(await coordinator.sql("select * from idempotency_keys"));
  expect(kept).toContain(made.tokenId);
  for (const { token } of [made, rotated]) expect(kept).not.toContain(token.slice("sl_".length));
});

test("a replay whose answer is lost is sent once: it would cost a worker twice", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) => documentLine(item, request)),
  });
  const batchId = await coordinator.submit(makeItems(1));
  await coordinator.ended(batchId);
  await using proxy = await startAnswerSwallower(coordinator.url);
  const client = new SluiceClient({ baseUrl: proxy.url, token: ADMIN });
  const before = worker.requests.length;
  proxy.arm();
  const code = await client.replayItem(batchId, 0).then(
    () => "answered",
    (error: { code: string }) => error.code,
  );
  expect(code).toBe("UNREACHABLE");
  expect(worker.requests.length - before).toBe(1);
});
