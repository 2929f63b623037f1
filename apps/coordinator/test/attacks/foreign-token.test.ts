/**
 * One team's token on another team's things, over every operation that the API describes: whoever adds an operation is tested
 * here without knowing of it. What is named in a path is a real batch, item, document or token of the other team.
 */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newTokenSchema, openBatchResponseSchema, uploadSchema } from "@sluice/contracts";
import { z } from "zod";
import { startFakeWorker } from "../support/fake-worker.ts";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { spawnCoordinator, type SpawnedCoordinator } from "../support/spawned-coordinator.ts";
import { at, type Json, makeItems, SUBMIT, waitUntil } from "../support/test-coordinator.ts";

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z
          .array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean().optional() }))
          .default([]),
        requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
        security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
      }),
    ),
  ),
});

/** What the other team has, by its marks: none of it may be in any answer. */
async function makeVictim(coordinator: SpawnedCoordinator) {
  const make = async (name: string) =>
    newTokenSchema.parse(await coordinator.json("POST", "/v1/tokens", { role: "submit", name }));
  const [victim, thief] = [await make("victim"), await make("thief")];
  const { batch } = openBatchResponseSchema.parse(
    await coordinator.json("POST", "/v1/batches", { name: "secret-name" }, victim.token),
  );
  const { batchId } = batch;
  const items = makeItems(3, {}, "secret-folder");
  const body = items.map((item) => JSON.stringify(item)).join("\n");
  await coordinator.json("POST", `/v1/batches/${batchId}/items`, body, victim.token);
  await coordinator.json("POST", `/v1/batches/${batchId}/seal`, { items: items.length }, victim.token);
  await coordinator.ended(batchId);
  const [row] = await coordinator.results(batchId);
  return { victim, thief, batchId, contentHash: String(row.contentHash) };
}

test("no operation shows or changes what is another team's", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  await using _worker = await startFakeWorker(coordinator);
  const { victim, thief, batchId, contentHash } = await makeVictim(coordinator);
  const { paths } = documentSchema.parse(await coordinator.json("GET", "/v1/openapi.json"));
  const before = await stateOf(coordinator, batchId);
  const marks = ["secret-name", "secret-folder", batchId, contentHash];
  const values: Record<string, string> = {
    id: batchId,
    ordinal: "0",
    contentHash,
    hash: contentHash,
    page: "1",
    pageNo: "1",
  };
  const leaks: string[] = [];
  let tried = 0;
  for (const [template, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!operation.security.some((scheme) => scheme["token"]?.includes("submit"))) continue;
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? batchId);
      const query = new URLSearchParams(
        operation.parameters
          .filter(
            (parameter) =>
              parameter.in === "query" &&
              (parameter.required === true || /batch|left|right|^after$/i.test(parameter.name)),
          )
          .map(({ name }): [string, string] => [name, queryValue(name, batchId)]),
      );
      const response = await fetch(`${coordinator.url}${path}?${query.toString()}`, {
        method: method.toUpperCase(),
        headers: {
          authorization: `Bearer ${thief.token}`,
          "content-type": Object.keys(operation.requestBody?.content ?? {})[0] ?? "text/plain",
        },
        ...(operation.requestBody === undefined ? {} : { body: "{}" }),
        signal: AbortSignal.timeout(5_000),
      });
      const text = await textOf(response);
      tried += 1;
      // What was asked for may be named in the refusal.
      const asked = path + query.toString();
      const shown = marks.filter((mark) => text.includes(mark) && !(response.status === 404 && asked.includes(mark)));
      const forBatch = asked.includes(batchId);
      if (shown.length > 0 || (forBatch && response.status !== 404)) {
        leaks.push(`${method} ${template}: ${response.status} ${text.slice(0, 120)}`);
      }
    }
  }
  expect(leaks).toEqual([]);
  expect(tried).toBeGreaterThan(15);
  expect(await stateOf(coordinator, batchId)).toEqual(before);
  // Words of its text are found by its owner, and by nobody else.
  const search = async (token: string) =>
    await (await coordinator.request("GET", "/v1/search?q=secret", undefined, token)).text();
  await waitUntil(async () => (await search(victim.token)).includes(batchId));
  const found = await search(thief.token);
  expect(marks.filter((mark) => found.includes(mark))).toEqual([]);
  expect(JSON.parse(found)).toMatchObject({ hits: [], searchable: { items: 0, of: 0 } });
  // Its owner still finds it.
  for (const path of [
    `/v1/batches/${batchId}`,
    `/v1/documents/${contentHash}`,
    `/v1/documents/${contentHash}/pages/1`,
  ]) {
    expect([path, (await coordinator.request("GET", path, undefined, victim.token)).status]).toEqual([path, 200]);
  }
}, 60_000);

test("other spellings of a batch's id lead nowhere either", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  await using _worker = await startFakeWorker(coordinator);
  const { thief, batchId } = await makeVictim(coordinator);
  const encoded = [...batchId].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("");
  const spellings = [
    batchId.toUpperCase(),
    encoded,
    encoded.replaceAll("%", "%25"),
    `${batchId.slice(0, -1)}%${at([...batchId], -1)
      .charCodeAt(0)
      .toString(16)}`,
    `{${batchId}}`,
    batchId.replaceAll("-", ""),
    ` ${batchId}`,
    `${batchId}%00`,
    `x/../${batchId}`,
    `%2e%2e/batches/${batchId}`,
    `.%2F${batchId}`,
    `/${batchId}`,
    `${batchId}/`,
    `${batchId};x=1`,
    `${batchId}?id=x`,
    `${batchId}#x`,
  ];
  for (const spelling of spellings) {
    for (const tail of ["", "/results", "/items/0"]) {
      const answer = await coordinator.request("GET", `/v1/batches/${spelling}${tail}`, undefined, thief.token);
      const text = await answer.text();
      expect([spelling, tail, answer.status]).toEqual([spelling, tail, 404]);
      expect(text).not.toContain("secret");
    }
  }
}, 60_000);

test("other spellings of a document's address lead nowhere either", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  await using _worker = await startFakeWorker(coordinator);
  const { thief, contentHash } = await makeVictim(coordinator);
  const encoded = (text: string) => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join("");
  const addresses = [
    `/v1/documents/${contentHash}`,
    `/v1/documents/${encoded(contentHash)}`,
    `/v1/documents/${encoded(contentHash.slice(0, 1))}${contentHash.slice(1)}`,
    `/v1/documents/${encoded(encoded(contentHash))}`,
    `/v1/documents/${contentHash.toUpperCase()}`,
    `/v1/%64ocuments/${contentHash}`,
    `/%76%31/${encoded("documents")}/${encoded(contentHash)}`,
    `//v1/documents/${contentHash}`,
    `/v1//documents/${contentHash}`,
    `/v1/x/../documents/${encoded(contentHash)}`,
    `/v1/documents%2F${contentHash}`,
  ];
  for (const address of addresses) {
    for (const tail of ["", "/pages", "/pages/1", "/%70ages/%31"]) {
      const answer = await coordinator.request("GET", `${address}${tail}`, undefined, thief.token);
      const text = await answer.text();
      expect([address, tail, answer.status]).toEqual([address, tail, 404]);
      expect(text).not.toContain("secret-folder");
    }
  }
}, 60_000);

test("knowing the hash of another team's upload gives neither its bytes nor that it is there", async () => {
  const blobs = mkdtempSync(join(tmpdir(), "sluice-foreign-uploads-"));
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_BLOBS: blobs });
  await using _worker = await startFakeWorker(coordinator);
  const { victim, thief } = await makeVictim(coordinator);
  const send = async (content: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
    const answer = await fetch(`${coordinator.url}/v1/uploads?name=x.pdf`, { method: "POST", headers, body: content });
    return uploadSchema.parse(await answer.json());
  };
  const open = async (body: Json, token: string) =>
    openBatchResponseSchema.parse(await coordinator.json("POST", "/v1/batches", body, token)).batch.batchId;
  const take = async (batchId: string, uri: string, token: string) => {
    const item = JSON.stringify({ ordinal: 0, uri, sizeBytes: 1, sourceVersion: "1" });
    const answer = await coordinator.request("POST", `/v1/batches/${batchId}/items`, item, token);
    return [answer.status, String(((await answer.json()) as Json).code)];
  };
  const look = async (hash: string, token: string) =>
    (await coordinator.request("GET", `/v1/uploads/${hash}`, undefined, token)).status;

  const { contentHash, uri } = await send("the victim's own", victim.token);
  expect(await look(contentHash, thief.token)).toBe(404);
  const own = await open({ name: "of the thief" }, thief.token);
  expect(await take(own, uri, thief.token)).toEqual([404, "UPLOAD_NOT_FOUND"]);
  expect(await take(own, `${uri}.zip#/member`, thief.token)).toEqual([404, "UPLOAD_NOT_FOUND"]);
  // A batch of nobody is seen by everybody.
  expect(await take(await open({ name: "of nobody" }, SUBMIT), uri, thief.token)).toEqual([404, "UPLOAD_NOT_FOUND"]);
  // What is named as a source is not looked into: the names in an archive, or how many a filter leaves, would tell of it.
  const zip = uri.replace(/x\.pdf$/, "x.zip");
  const listed = await open({ name: "listed", sources: [zip, uri] }, thief.token);
  const listing = async () => (await coordinator.json("GET", `/v1/batches/${listed}`, undefined, thief.token)).listing;
  await waitUntil(async () => (await listing()).state !== "listing");
  expect(await listing()).toMatchObject({ state: "failed", failed: 2, filtered: 0 });
  expect(((await listing()) as Json).problems.map(({ code }: Json) => code)).toEqual([
    "SOURCE_NOT_FOUND",
    "SOURCE_NOT_FOUND",
  ]);

  // Who has the bytes sends them, is told what he knew before, and has them from then on; as their first owner has.
  expect(await send("the victim's own", thief.token)).toMatchObject({ contentHash, known: false });
  expect(await send("the victim's own", thief.token)).toMatchObject({ known: true });
  expect(await take(own, uri, thief.token)).toEqual([200, "undefined"]);
  expect(await coordinator.json("GET", `/v1/uploads/${contentHash}`, undefined, victim.token)).toMatchObject({
    batches: 0,
  });
  expect(await take(await open({ name: "of the victim" }, victim.token), uri, victim.token)).toEqual([
    200,
    "undefined",
  ]);
  // What nobody owns is everybody's, as batches are.
  const everybodys = await send("of nobody", SUBMIT);
  expect(await take(await open({ name: "of the victim, too" }, victim.token), everybodys.uri, victim.token)).toEqual([
    200,
    "undefined",
  ]);
  rmSync(blobs, { recursive: true, force: true });
}, 60_000);

function queryValue(name: string, batchId: string): string {
  if (name === "after") return "0";
  return /q|query|words/i.test(name) ? "secret" : batchId;
}

/** Of a stream that has no end, what comes at first. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get("content-type") !== "text/event-stream") return await response.text();
  const reader = response.body?.getReader();
  let text = "";
  const until = Date.now() + 1_000;
  while (Date.now() < until) {
    const chunk = await Promise.race([reader?.read(), Bun.sleep(until - Date.now())]);
    if (chunk === undefined || chunk.done) break;
    text += Buffer.from(chunk.value ?? []).toString();
  }
  await reader?.cancel();
  return text;
}

/** All of a batch that an attack could have changed. */
async function stateOf(coordinator: SpawnedCoordinator, batchId: string): Promise<Json> {
  return [
    await coordinator.sql("select * from batches where id = $1", [batchId]),
    await coordinator.sql("select * from items where batch_id = $1 order by ordinal", [batchId]),
    await coordinator.sql(
      "select count(*)::int as count from batches where created_by is not null and name = 'secret-name'",
    ),
  ];
}
