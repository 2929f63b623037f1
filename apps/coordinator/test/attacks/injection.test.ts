/**
 * Text that is code elsewhere: SQL, HTTP headers, terminals, HTML. It is stored as what it is and comes back as what it was, in
 * JSON; where it cannot be that, it is refused by name.
 */
import { expect, test } from "bun:test";
import { answerAll, documentLine, failedLine, startFakeWorker } from "../support/fake-worker.ts";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { spawnCoordinator } from "../support/spawned-coordinator.ts";
import { ADMIN, at, type Json, makeItems } from "../support/test-coordinator.ts";
import { rawRequest } from "./raw-request.ts";

const NASTY = [
  "'; drop table items; --",
  "\\'; select pg_sleep(10); --",
  "1) or (1=1",
  "$1",
  "%' or name like '%",
  "\u0027 union select token_hash from tokens --",
  "a\r\nSet-Cookie: x=y\r\n\r\n<script>alert(1)</script>",
  "\u001b]0;owned\u0007\u001b[2J\u001b[31m",
  '{"level":"fatal","msg":"forged"}\n{"level":"info"',
  "<img src=x onerror=alert(1)>",
  "=cmd|' /C calc'!A0",
  "../../../../etc/passwd",
  "\u202egnp.exe",
  "__proto__",
  "${jndi:ldap://x}",
  "a".repeat(500),
];

/** What PostgreSQL does not store as text at all. */
const UNSTORABLE = ["a\u0000b", "\u0000"];

test("names and messages are stored as they are, wherever they come from", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_LOG_LEVEL: "debug" });
  await using _worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) =>
      item.ordinal % 2 === 0
        ? documentLine(item, request, { metadata: { title: at(NASTY, item.ordinal) } })
        : { ...failedLine(item), message: at(NASTY, item.ordinal) },
    ),
  });
  const items = NASTY.map((name, ordinal) => ({
    ...at(makeItems(1), 0),
    ordinal,
    uri: `file:///${ordinal}/${name}`,
    sourceVersion: name.slice(0, 200),
  }));
  const { batch } = await coordinator.json("POST", "/v1/batches", {
    name: NASTY.join("|").slice(0, 500),
    submissionKey: at(NASTY, 0),
  });
  await coordinator.append(batch.batchId, items);
  await coordinator.seal(batch.batchId, items.length);
  await coordinator.ended(batch.batchId);
  const results = await coordinator.results(batch.batchId);
  expect(results.map((row: Json) => row.uri)).toEqual(items.map(({ uri }) => uri));
  results.forEach((row: Json, ordinal) => {
    expect(ordinal % 2 === 0 ? row.title : row.message).toBe(at(NASTY, ordinal));
  });
  expect((await coordinator.status(batch.batchId)).name).toBe(NASTY.join("|").slice(0, 500));
  for (const name of NASTY) {
    const { tokenId } = await coordinator.json("POST", "/v1/tokens", { name: name.slice(0, 200), role: "worker" });
    const { tokens } = await coordinator.json("GET", "/v1/tokens");
    expect(tokens.find((token: Json) => token.tokenId === tokenId).name).toBe(name.slice(0, 200).trim());
  }
  expect((await coordinator.audit(batch.batchId)).balanced).toBe(true);
  // Each line of the log is one object, and no byte of it moves a terminal's cursor.
  const log = await coordinator.stderr();
  expect(log).toContain(batch.batchId);
  expect(controlCharacters(log)).toEqual([]);
  for (const line of log.trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("time");
  expect(log).not.toContain(ADMIN);
}, 60_000);

test("queries and paths are values, never statements", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_LOG_LEVEL: "debug" });
  await using _worker = await startFakeWorker(coordinator);
  const id = await coordinator.submit(makeItems(3));
  await coordinator.ended(id);
  const { paths } = await coordinator.json("GET", "/v1/openapi.json");
  const count = async () => (await coordinator.sql("select count(*)::int as items from items"))[0];
  const before = await count();
  const faults: string[] = [];
  for (const [template, operations] of Object.entries<Json>(paths)) {
    const get = operations.get;
    if (get === undefined || template.endsWith("/events")) continue;
    const names: string[] = (get.parameters ?? []).flatMap((one: Json) => (one.in === "query" ? [one.name] : []));
    for (const nasty of [...NASTY, ...UNSTORABLE]) {
      const query = new URLSearchParams(names.map((name): [string, string] => [name, nasty]));
      const values = [
        [template.replaceAll(/\{\w+\}/g, encodeURIComponent(nasty)), ""],
        [template.replaceAll("{ordinal}", "0").replaceAll(/\{\w+\}/g, id), query.toString()],
      ];
      for (const [path, search] of values) {
        const answer = await coordinator.request("GET", `${path}?${search}`);
        const text = await answer.text();
        // 5xx: it got somewhere that it should not have.
        if (answer.status >= 500 || /syntax error|pg_|SQLSTATE/i.test(text)) faults.push(`${path}?${search}: ${text}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(await count()).toEqual(before);
  const log = await coordinator.stderr();
  expect(controlCharacters(log)).toEqual([]);
}, 60_000);

test("no header comes out of what is put in, and what is stored is never a page", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  await using _worker = await startFakeWorker(coordinator);
  const html = "<script>alert(1)</script>";
  const { batch } = await coordinator.json("POST", "/v1/batches", { name: html });
  const targets = [
    `/v1/batches/${batch.batchId}`,
    "/v1/batches/%0d%0aSet-Cookie:%20a=b",
    `/v1/batches?state=%0d%0aSet-Cookie:%20a=b${encodeURIComponent(html)}`,
    `/v1/${encodeURIComponent(html)}`,
    `/${encodeURIComponent(html)}`,
    "/v1/batches/x\tSet-Cookie: a=b",
  ];
  for (const target of targets) {
    const bytes = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${ADMIN}\r\n\r\n`;
    const { text } = await rawRequest(coordinator.url, bytes);
    const head = at(text.split("\r\n\r\n"), 0).toLowerCase();
    expect([target, head.includes("set-cookie")]).toEqual([target, false]);
    // Refused by the parser.
    if (/^http\/1\.1 [45]\d\d /.test(head) && !head.includes("content-type")) continue;
    expect([target, /content-type: application\/(problem\+)?json/.test(head)]).toEqual([target, true]);
    expect(head).toContain("x-content-type-options: nosniff");
    expect(head).toContain("content-security-policy: default-src 'none'");
    expect(head).toContain("cache-control: no-store");
  }
  const page = await coordinator.request("GET", "/reference", undefined, null);
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("script-src 'self' 'unsafe");
  expect(await page.text()).not.toMatch(/<script>|\son\w+=/);
}, 60_000);

/** What moves a cursor, or is taken for something else than text; line feeds part the lines of a log. */
function controlCharacters(text: string): string[] {
  return [...text].filter((character) => character !== "\n" && (character < " " || character === "\u007f"));
}
