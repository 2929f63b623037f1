/** Bodies that are too much, too deep, or mean more than they say. */
import { expect, test } from "bun:test";
import { problemSchema } from "@sluice/contracts";
import { startFakeWorker } from "../support/fake-worker.ts";
import { useCoordinator } from "../support/test-cluster.ts";
import { ADMIN, startTestCoordinator, SUBMIT } from "../support/test-coordinator.ts";
import { rawRequest } from "./raw-request.ts";

const cluster = useCoordinator();
const post = (path: string, body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) =>
  fetch(`${cluster.coordinator.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${ADMIN}`, "content-type": "application/json", ...headers },
    body,
  });
const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;

test("what is nested without end is refused, and the server goes on", async () => {
  await using _worker = await startFakeWorker(cluster.coordinator);
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const bodies = [
    deep(500_000),
    "[".repeat(1_000_000),
    `{"options":${deep(300_000)}}`,
    `{"options":{"taxonomy":${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}}}`,
    `{"name":"${"\\u0000".repeat(100)}"}`,
    `{"name":${"9".repeat(1_000_000)}}`,
    "null",
    "",
    "\ufeff{}x",
    "\u0000",
  ];
  for (const body of bodies) {
    const answer = await post("/v1/batches", body);
    expect([body.slice(0, 20), answer.status < 500, answer.status >= 400]).toEqual([body.slice(0, 20), true, true]);
    expect(await codeOf(answer)).not.toBe("INTERNAL");
  }
  expect((await post("/v1/batches", "{}")).status).toBe(201);
});

test("an operation takes no more than it needs, announced or not", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const { batchId } = await coordinator.open();
  const large = `{"items":0,"x":"${"y".repeat(3 << 20)}"}`;
  const announced = await post(`/v1/batches/${batchId}/seal`, large);
  expect([announced.status, await codeOf(announced)]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  const chunked = await post(`/v1/batches/${batchId}/seal`, new Response(large).body ?? "");
  expect([chunked.status, await codeOf(chunked)]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  // More than the server takes at all is refused by its length alone.
  const { statuses } = await rawRequest(
    coordinator.url,
    `POST /v1/batches/${batchId}/items HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ADMIN}\r\nContent-Length: 99999999999\r\n\r\n{`,
  );
  expect(statuses).toEqual([413]);
  // Before a token is asked for nothing is read: who has none cannot make the server hold bytes.
  expect((await post("/v1/tokens", large, { authorization: "Bearer nobody-has-this-token" })).status).toBe(401);
  expect((await coordinator.status(batchId)).items).toBe(0);
});

test("a key that means something to the language means nothing here", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const polluted = [
    '{"__proto__":{"role":"admin","options":{"force":true}}}',
    '{"constructor":{"prototype":{"role":"admin"}}}',
    '{"options":{"__proto__":{"force":true,"priority":"interactive"}}}',
    '{"options":{"constructor":{"prototype":{"force":true}}},"toString":1,"hasOwnProperty":1}',
  ];
  for (const body of polluted) {
    const answer = await post("/v1/batches", body);
    const { code, detail } = (await answer.json()) as { code: string; detail: string };
    expect([body, answer.status, code]).toEqual([body, 400, "BAD_REQUEST"]);
    expect(detail).toMatch(/"(__proto__|constructor)" is unknown/);
  }
  expect(await coordinator.sql("select id from batches where options ->> 'force' = 'true'")).toEqual([]);
  expect(({} as Record<string, unknown>)["role"]).toBeUndefined();
  // Of a name that comes twice the last counts, for the check and for the use alike: there is one reader.
  const twice = await post("/v1/batches", '{"options":{"priority":"bulk"},"options":{"priority":"interactive"}}');
  const { batch } = (await twice.json()) as { batch: { batchId: string; priority: string } };
  expect(batch.priority).toBe("interactive");
  const items = '{"ordinal":5,"ordinal":0,"uri":"file:///a","uri":"file:///b","sizeBytes":1,"sourceVersion":"1"}';
  expect((await post(`/v1/batches/${batch.batchId}/items`, items)).status).toBe(200);
  expect(await coordinator.sql("select ordinal, uri from items where batch_id = $1", [batch.batchId])).toEqual([
    { ordinal: 0, uri: "file:///b" },
  ]);
});

test("a method is what it is, whatever headers, queries or bodies call it", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const { tokenId } = await coordinator.json("POST", "/v1/tokens", { name: "kept", role: "submit" });
  const overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"];
  for (const name of overrides) {
    const ask = (method: string, query = "") =>
      fetch(`${coordinator.url}/v1/tokens/${tokenId}${query}`, {
        method,
        headers: { authorization: `Bearer ${ADMIN}`, [name]: "DELETE" },
        ...(method === "POST" ? { body: "_method=DELETE" } : {}),
      });
    expect((await ask("POST")).status).toBe(405);
    expect((await ask("GET", `?${name}=DELETE`)).status).toBe(405);
  }
  for (const method of ["TRACE", "CONNECT", "PROPFIND", "FOO", "get"]) {
    const { statuses } = await rawRequest(
      coordinator.url,
      `${method} /v1/batches HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${ADMIN}\r\n\r\n`,
    );
    expect([method, statuses.includes(200)]).toEqual([method, false]);
  }
  const { tokens } = await coordinator.json("GET", "/v1/tokens");
  expect(tokens.find((token: { tokenId: string }) => token.tokenId === tokenId)?.revokedAt).toBeNull();
});

test("text that makes patterns run long is looked at in no time", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const began = performance.now();
  const asked = [
    fetch(`${coordinator.url}/v1/batches`, { headers: { authorization: `Bearer ${"a ".repeat(4_000)}` } }),
    fetch(`${coordinator.url}/v1/batches`, { headers: { authorization: `Bearer${" ".repeat(8_000)}` } }),
    coordinator.request("GET", `/v1/batches?state=${"a".repeat(8_000)}!`, undefined, SUBMIT),
    coordinator.request("GET", `/v1/batches/${"a-".repeat(4_000)}`, undefined, SUBMIT),
    post(
      "/v1/batches",
      JSON.stringify({
        options: { taxonomy: { name: "x", categories: [{ id: `${"a".repeat(60)}_!`, name: "a", description: "b" }] } },
      }),
    ),
    post(
      "/v1/batches",
      JSON.stringify({
        options: {
          taxonomy: {
            name: "x",
            categories: [{ id: "a", name: "a", description: "b", keywords: ["*a".repeat(60), "#".repeat(120)] }],
          },
        },
      }),
    ),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.status).toBeLessThan(500);
  // A pattern that runs away takes minutes; a busy machine does not.
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("guessing tokens is refused for everybody who guesses, and for nobody else", async () => {
  const { coordinator } = cluster;
  const { token } = await coordinator.json("POST", "/v1/tokens", { name: "known", role: "submit" });
  expect((await coordinator.request("GET", "/v1/batches", undefined, token)).status).toBe(200);
  const guesses = await Promise.all(
    Array.from({ length: 600 }, (_, index) =>
      coordinator.request("GET", "/v1/batches", undefined, `sl_guess-number-${index}`),
    ),
  );
  const statuses = new Set(guesses.map(({ status }) => status));
  expect(statuses).toEqual(new Set([401, 429]));
  expect((await coordinator.request("GET", "/v1/batches", undefined, token)).status).toBe(200);
  expect((await coordinator.request("GET", "/v1/batches")).status).toBe(200);
  // Parts and neighbours of a token that exists open nothing, and are told nothing that others are not.
  await Bun.sleep(1_100);
  const near = [token.slice(0, -1), `${token}a`, token.toLowerCase(), token.slice(3), `${token} `.repeat(2)];
  const answers = await Promise.all(
    near.map(async (guess) =>
      problemSchema.parse(await (await coordinator.request("GET", "/v1/batches", undefined, guess)).json()),
    ),
  );
  expect(new Set(answers.map(({ detail }) => detail)).size).toBe(1);
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["UNAUTHORIZED"]));
});

test("pages of others cannot call: CORS is off, and on only for whom it is on", async () => {
  const { coordinator } = cluster;
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/v1/batches`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
    });
  expect(
    (await preflight(coordinator.url, "https://app.example")).headers.get("access-control-allow-origin"),
  ).toBeNull();
  await using open = await startTestCoordinator(cluster.databaseUrl, { SLUICE_CORS_ORIGINS: "https://app.example" });
  const allowed = await preflight(open.url, "https://app.example");
  expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([204, "https://app.example"]);
  expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
  for (const origin of ["https://app.example.evil", "http://app.example", "null", "https://evil-app.example"]) {
    expect((await preflight(open.url, origin)).headers.get("access-control-allow-origin")).toBeNull();
    const called = await fetch(`${open.url}/v1/batches`, { headers: { origin, authorization: `Bearer ${ADMIN}` } });
    expect([origin, called.headers.get("access-control-allow-origin")]).toEqual([origin, null]);
  }
  await expect(startTestCoordinator(cluster.databaseUrl, { SLUICE_CORS_ORIGINS: "*" })).rejects.toThrow("is no origin");
});
