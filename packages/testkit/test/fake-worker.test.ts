import { describe, expect, test } from "bun:test";
import {
  doneLineSchema,
  itemLineSchema,
  PROTOCOL_VERSION,
  progressLineSchema,
  type ShardRequest,
} from "@sluice/contracts";
import {
  extractedItem,
  failedItem,
  type FakeWorker,
  fakeWorker,
  knownItem,
  refuseBusy,
  waitUntil,
} from "../src/index.ts";

const shard: ShardRequest = {
  protocol: PROTOCOL_VERSION,
  attemptId: "0197a000-0000-7000-8000-000000000001",
  batchId: "0197a000-0000-7000-8000-000000000002",
  stage: "extract",
  engineVersion: "fake-1",
  extract: { maxPages: 1, maxTextBytes: 1, maxDocumentBytes: 1, documentTimeoutMs: 1, documentMemoryMb: 1 },
  store: "full",
  classify: null,
  passwords: [],
  items: [
    { ordinal: 3, uri: "file:///a", sizeBytes: 1, knownHashes: [] },
    { ordinal: 4, uri: "file:///b", sizeBytes: 2, knownHashes: [] },
  ],
};

async function send(worker: FakeWorker, token = worker.registration().dispatchToken): Promise<Response> {
  return await fetch(`${worker.url}/v1/shards`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(shard),
  });
}

describe("fakeWorker", () => {
  test("answers with lines of the protocol", async () => {
    await using worker = fakeWorker({
      script: (_, reply) => {
        reply.progress({ ordinal: 3, sinceMs: 5 });
        for (const item of shard.items.slice(0, 1)) {
          reply.item(extractedItem(item));
          reply.item(knownItem(item, "0".repeat(64)));
          reply.item(failedItem(item, "EMPTY_FILE"));
        }
        reply.done();
      },
    });
    const page = `Page of item ${shard.items[0]?.ordinal}`;
    const answer = await (await send(worker)).text();
    // The text follows its line without a newline of its own.
    const lines = answer
      .replace(`}\n${page}{`, "}\n{")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(lines[1]).toMatchObject({ textBytes: page.length, pages: [{ textBytes: page.length }] });
    expect(progressLineSchema.parse(lines[0]).current?.ordinal).toBe(3);
    expect(lines.slice(1, 4).map((line) => itemLineSchema.parse(line).outcome)).toEqual([
      "extracted",
      "known",
      "failed",
    ]);
    expect(doneLineSchema.parse(lines[4]).items).toBe(3);
    expect(worker.shards).toEqual([shard]);
  });

  test("a cut is an error for the reader, not an end", async () => {
    await using worker = fakeWorker({
      script: async (_, reply) => {
        for (const item of shard.items) reply.item(extractedItem(item));
        await Bun.sleep(20);
        reply.cut();
      },
    });
    await expect(send(worker).then((response) => response.text())).rejects.toThrow();
  });

  test("refuses strangers, more than its slots, and as scripted", async () => {
    const release = Promise.withResolvers<void>();
    await using worker = fakeWorker({
      script: async (_, reply) => {
        reply.progress();
        await release.promise;
      },
    });
    expect((await send(worker, "wrong-token-wrong-token")).status).toBe(401);
    const first = await send(worker);
    expect(worker.busy).toBe(1);
    const second = await send(worker);
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "1"]);
    release.resolve();
    await first.text();
    await waitUntil("its slot is free", () => worker.busy === 0);
    worker.setScript(refuseBusy);
    expect((await send(worker)).status).toBe(429);
  });

  test("a script sees that its reader has gone", async () => {
    const gone = Promise.withResolvers<void>();
    await using worker = fakeWorker({
      script: async (_, reply) => {
        reply.progress();
        reply.signal.addEventListener("abort", () => gone.resolve());
        await gone.promise;
      },
    });
    const controller = new AbortController();
    const response = await fetch(`${worker.url}/v1/shards`, {
      method: "POST",
      headers: { authorization: `Bearer ${worker.registration().dispatchToken}` },
      body: JSON.stringify(shard),
      signal: controller.signal,
    });
    expect(response.status).toBe(200);
    controller.abort();
    await gone.promise;
  });
});
