import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problemSchema, replayAnswerSchema, type ShardRequest } from "@sluice/contracts";
import { answerAll, documentLine, failedLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-replay-"));
const cluster = useCoordinator({ SLUICE_BLOBS: folder });

afterAll(() => rmSync(folder, { recursive: true, force: true }));
const items = makeItems(2).map((item, index) => ({ ...item, uri: `file:///replayed/${index === 0 ? "good" : "bad"}` }));

test("a worker reads an item once more, under other limits; nothing is stored and no attempt is recorded", async () => {
  const { coordinator } = cluster;
  const seen: ShardRequest[] = [];
  let mended = false;
  await using scope = new AsyncDisposableStack();
  const worker = scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => {
        seen.push(request);
        return item.uri.endsWith("bad") && !mended ? failedLine(item, "CHILD_TIMEOUT") : documentLine(item, request);
      }),
    }),
  );
  const batchId = await coordinator.submit(items);
  await coordinator.ended(batchId);
  const before = await coordinator.sql("select id from attempts");
  const replay = async (ordinal: number, body: object = {}) =>
    replayAnswerSchema.parse(await coordinator.json("POST", `/v1/batches/${batchId}/items/${ordinal}/replay`, body));
  expect(await replay(1)).toMatchObject({ outcome: "failed", code: "CHILD_TIMEOUT", workerId: worker.id, pages: null });
  mended = true;
  const answer = await replay(1, { documentTimeoutMs: 1_234, documentMemoryMb: 99, passwords: ["key"] });
  expect(answer).toMatchObject({ outcome: "extracted", pages: 2, contentHash: sha256("bad"), sameSource: true });
  expect(answer.classification?.category).toBe("invoice");
  expect(seen.at(-1)).toMatchObject({
    extract: { documentTimeoutMs: 1_234, documentMemoryMb: 99 },
    passwords: ["key"],
    items: [{ ordinal: 1, knownHashes: [] }],
  });
  // What is stored is read all the same.
  expect(await replay(0)).toMatchObject({ outcome: "extracted", sameSource: true });
  expect(await coordinator.status(batchId)).toMatchObject({ state: "done", extract: { succeeded: 1, failed: 1 } });
  expect(await coordinator.sql("select id from attempts")).toEqual(before);
  expect((await coordinator.sql("select 1 from documents where content_hash = sha256('bad')")).length).toBe(0);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});

test("an upload comes with a link to its bytes, as it did the first time", async () => {
  const { coordinator } = cluster;
  const links: (string | undefined)[] = [];
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => {
        links.push(item.fetchUrl);
        return documentLine(item, request);
      }),
    }),
  );
  const { uri } = await coordinator.json("POST", "/v1/uploads?name=letter.pdf", "the bytes of a letter");
  const batchId = await coordinator.submit(makeItems(1).map((item) => ({ ...item, uri })));
  await coordinator.ended(batchId);
  await coordinator.json("POST", `/v1/batches/${batchId}/items/0/replay`, {});
  expect(links).toEqual([expect.any(String), expect.any(String)]);
});

test("workers that are full, gone or break off: the caller is told which", async () => {
  const { coordinator } = cluster;
  const batchId = (await coordinator.json("GET", "/v1/batches?limit=1")).batches[0].batchId as string;
  const refused = async (ordinal = 0) => {
    const answer = await coordinator.request("POST", `/v1/batches/${batchId}/items/${ordinal}/replay`, {});
    return [answer.status, problemSchema.parse(await answer.json()).code];
  };
  {
    await using full = await startFakeWorker(coordinator, { refuse: () => 429 });
    expect(full.running).toBe(0);
    expect(await refused()).toEqual([429, "BUSY"]);
    expect(await refused(7)).toEqual([404, "NOT_FOUND"]);
  }
  expect(await refused()).toEqual([503, "NO_WORKERS"]);
  await using breaking = await startFakeWorker(coordinator, {
    answer: async function* () {
      // Without the line of the item, and without an end.
      yield { line: "progress", done: 0, current: null };
    },
  });
  expect(await refused()).toEqual([503, "UNREACHABLE"]);
  expect(breaking.requests.length).toBe(1);
});
