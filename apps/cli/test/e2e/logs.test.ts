/** What the logs of a real run say, at the most talkative level, and what they never say. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileUri } from "@sluice/contracts";
import { startTestCluster, temporaryFolder, type TestCluster, waitUntil } from "@sluice/testkit";
import { Client } from "pg";

const EXTRACTOR = resolve(import.meta.dir, "../../../worker/test/hostile-extractor.ts");
const METRICS_TOKEN = "secret-token-of-a-scraper";
const TEXT = "SECRETWORDSOFADOCUMENT";
const PASSWORD = "secret-password-of-a-document";

interface Line {
  level: string;
  msg: string;
  time: string;
  name: string;
  batchId?: string;
  shardId?: string;
  attemptId?: string;
}

const scratch = temporaryFolder();
let cluster: TestCluster;
let batchId: string;

beforeAll(async () => {
  cluster = await startTestCluster({
    workers: 2,
    extractor: EXTRACTOR,
    logLevel: "debug",
    coordinatorEnvironment: { SLUICE_METRICS_TOKEN: METRICS_TOKEN },
    workerEnvironment: { SLUICE_METRICS_TOKEN: METRICS_TOKEN },
  });
  const database = new Client({ connectionString: cluster.databaseUrl });
  await database.connect();
  // PostgreSQL quotes the row that it refuses, text and all.
  await database.query("alter table pages add constraint not_this check (text is null or text not like '%refused%')");
  const folder = join(scratch.path, "folder");
  mkdirSync(folder);
  const contents = [
    ...Array.from({ length: 20 }, (_, index) => `${TEXT} ${index}`),
    `${TEXT} refused`,
    // The first word is an order; what comes after it is the document's.
    `kill SIGSEGV ${TEXT}`,
    `loop ${TEXT}`,
    `throw ${TEXT}`,
    `garbage ${TEXT}`,
  ];
  const { batch } = await cluster.client.openBatch({ options: { documentTimeoutMs: 500 }, passwords: [PASSWORD] });
  batchId = batch.batchId;
  const items = contents.map((content, ordinal) => {
    const path = join(folder, `d${ordinal}`);
    writeFileSync(path, content);
    return { ordinal, uri: fileUri(path), sizeBytes: content.length, sourceVersion: "1:1" };
  });
  await cluster.client.appendItems(batchId, items);
  await cluster.client.sealBatch(batchId, items.length);
  await waitUntil("the batch is done", async () => (await cluster.client.getBatch(batchId)).state === "done");
  // Requests that are refused, with a token nobody gave out.
  await fetch(`${cluster.url}/v1/batches`, { headers: { authorization: "Bearer secret-token-of-nobody" } });
  await fetch(`${cluster.url}/v1/batches?token=secret-token-in-a-query`, { method: "POST", body: `not json ${TEXT}` });
  await fetch(`${cluster.worker?.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  // A stop belongs to a run, and so does a worker that is lost.
  await database.end();
}, 60_000);
afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

const linesOf = (part: "coordinator" | "worker") =>
  cluster
    .log(part)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

test("the run was what it was meant to be", async () => {
  const { extract } = await cluster.client.getBatch(batchId);
  expect(extract).toMatchObject({ succeeded: 20, failed: 5 });
  const { failures } = await cluster.client.summary(batchId);
  expect(new Set(failures.map((failure) => failure.code))).toEqual(
    new Set(["ROW_REJECTED", "CHILD_CRASHED", "CHILD_TIMEOUT", "NATIVE_PANIC"]),
  );
  expect(linesOf("coordinator").some((line) => line.msg.includes("a row was refused"))).toBe(true);
});

test("neither text of documents, nor their names, nor a secret is in any log", () => {
  const secrets = {
    text: TEXT,
    "name of a document": "/folder/d",
    "password of a document": PASSWORD,
    "admin's token": cluster.adminToken,
    "worker's token": cluster.workerToken,
    "scraper's token": METRICS_TOKEN,
    "token of nobody": "secret-token-of-nobody",
    "token in a query": "secret-token-in-a-query",
    "database's password": new URL(cluster.databaseUrl).password,
  };
  for (const part of ["coordinator", "worker"] as const) {
    const log = cluster.log(part);
    expect(log.length).toBeGreaterThan(0);
    for (const [what, secret] of Object.entries(secrets)) {
      expect(secret.length).toBeGreaterThan(8);
      expect([part, what, log.includes(secret)]).toEqual([part, what, false]);
    }
  }
});

describe("every line that concerns an attempt", () => {
  const about = /attempt|shard|committed|refused; looking/;

  test("has the ids of its batch, its shard and itself", () => {
    const lines = [...linesOf("coordinator"), ...linesOf("worker")].filter((line) => about.test(line.msg));
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect([line.msg, line.batchId, typeof line.shardId, typeof line.attemptId]).toEqual([
        line.msg,
        batchId,
        "string",
        "string",
      ]);
    }
  });

  test("and so has the end of an extractor under a document", () => {
    const ends = linesOf("worker").filter((line) => line.msg === "an extractor died");
    expect(ends.length).toBeGreaterThanOrEqual(3);
    for (const line of ends) expect(line).toMatchObject({ batchId, shardId: expect.any(String) });
  });
});

test("what documents do, and what is met by trying again, is no error", () => {
  const errors = [...linesOf("coordinator"), ...linesOf("worker")].filter((line) => line.level === "error");
  expect(errors).toEqual([]);
});
