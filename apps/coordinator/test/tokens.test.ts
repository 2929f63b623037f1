import { expect, test } from "bun:test";
import {
  newTokenSchema,
  openBatchResponseSchema,
  problemSchema,
  tokenListSchema,
  tokenRowSchema,
} from "@sluice/contracts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, type Json, makeItems, startTestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const codeIn = async (answer: Response | undefined) => problemSchema.parse(await answer?.json()).code;
const make = async (request: object) =>
  newTokenSchema.parse(
    await cluster.coordinator.json("POST", "/v1/tokens", { role: "submit", name: "team", ...request }),
  );
const statusWith = async (token: string, path = "/v1/batches") =>
  (await cluster.coordinator.request("GET", path, undefined, token)).status;
const codeOf = async (method: string, path: string, body?: unknown, token = ADMIN) =>
  codeIn(await cluster.coordinator.request(method, path, body, token));

test("a token is shown once, stored as a hash, and opens what its role allows", async () => {
  const { coordinator } = cluster;
  const made = await make({ name: " team a " });
  expect(made).toMatchObject({ name: "team a", role: "submit", expiresAt: null, lastUsedAt: null, revokedAt: null });
  expect(made.token).toMatch(/^sl_[\w-]{43}$/);
  expect(await statusWith(made.token)).toBe(200);
  expect(await codeOf("GET", "/v1/tokens", undefined, made.token)).toBe("FORBIDDEN");
  expect(await codeOf("POST", "/v1/tokens", { name: "x", role: "admin" }, made.token)).toBe("FORBIDDEN");
  const { tokens } = tokenListSchema.parse(await coordinator.json("GET", "/v1/tokens"));
  expect(JSON.stringify(tokens)).not.toContain(made.token);
  const stored = JSON.stringify(await coordinator.sql("select * from tokens"));
  expect(stored).not.toContain(made.token);
  expect(stored).not.toContain(made.token.slice(3));
});

test("a use is noted, to the minute", async () => {
  const { coordinator } = cluster;
  const { tokenId, token } = await make({});
  await statusWith(token);
  const [first] = await waitUntil(async () => {
    const rows = await coordinator.sql("select last_used_at from tokens where id = $1 and last_used_at is not null", [
      tokenId,
    ]);
    return rows.length > 0 ? rows : null;
  });
  for (let call = 0; call < 20; call += 1) await statusWith(token);
  expect((await coordinator.sql("select last_used_at from tokens where id = $1", [tokenId]))[0]).toEqual(first);
});

test("expiry ends a token, also one that was just used", async () => {
  const { token } = await make({ expiresInSeconds: 1 });
  expect(await statusWith(token)).toBe(200);
  await waitUntil(async () => (await statusWith(token)) === 401, 3_000);
});

test("a revoked token opens nothing here at once, and nothing on another coordinator within five seconds", async () => {
  await using other = await startTestCoordinator(cluster.databaseUrl);
  const { tokenId, token } = await make({});
  const there = async () => (await other.request("GET", "/v1/batches", undefined, token)).status;
  expect([await statusWith(token), await there()]).toEqual([200, 200]);
  for (let times = 0; times < 2; times += 1) {
    expect((await cluster.coordinator.request("DELETE", `/v1/tokens/${tokenId}`)).status).toBe(204);
  }
  expect(await statusWith(token)).toBe(401);
  await waitUntil(async () => (await there()) === 401, 5_500);
  expect(await codeOf("POST", `/v1/tokens/${tokenId}/rotate`, {})).toBe("CONFLICT");
});

test("a rotated token keeps its batches; the former secret opens for the overlap only", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const { tokenId, token } = await make({});
  const { batch } = openBatchResponseSchema.parse(await coordinator.json("POST", "/v1/batches", {}, token));
  const rotated = newTokenSchema.parse(
    await coordinator.json("POST", `/v1/tokens/${tokenId}/rotate`, { overlapSeconds: 1 }),
  );
  expect(rotated.tokenId).toBe(tokenId);
  expect(await statusWith(rotated.token, `/v1/batches/${batch.batchId}`)).toBe(200);
  expect(await statusWith(token, `/v1/batches/${batch.batchId}`)).toBe(200);
  await waitUntil(async () => (await statusWith(token)) === 401, 3_000);
  const again = newTokenSchema.parse(
    await coordinator.json("POST", `/v1/tokens/${tokenId}/rotate`, { overlapSeconds: 0 }),
  );
  expect([await statusWith(rotated.token), await statusWith(again.token)]).toEqual([401, 200]);
});

test("a token's limits, name and expiry change under the same secret: here at once, within five seconds elsewhere", async () => {
  const { coordinator } = cluster;
  await using other = await startTestCoordinator(cluster.databaseUrl);
  const { tokenId, token } = await make({ limits: { requestsPerSecond: 1_000, openBatches: 7 } });
  const there = async () => (await other.request("GET", "/v1/batches", undefined, token)).headers;
  const here = async () => (await coordinator.request("GET", "/v1/batches", undefined, token)).headers;
  const policy = '"requests";q=1000;w=2';
  expect((await there()).get("ratelimit-policy")).not.toBe(policy);
  const change = async (body: object, on = tokenId) => await coordinator.request("PATCH", `/v1/tokens/${on}`, body);
  const changed = tokenRowSchema.parse(
    await (await change({ name: " new ", expiresInSeconds: 60, limits: { requestsPerSecond: 500 } })).json(),
  );
  expect(changed).toMatchObject({ name: "new", limits: { requestsPerSecond: 500, openBatches: 7 } });
  expect(Date.parse(changed.expiresAt ?? "")).toBeGreaterThan(Date.now());
  expect((await here()).get("ratelimit-policy")).toBe(policy);
  await waitUntil(async () => (await there()).get("ratelimit-policy") === policy, 5_500);
  // What is null is nobody's own any more; what is absent stays.
  const again = tokenRowSchema.parse(
    await (await change({ expiresInSeconds: null, limits: { openBatches: null } })).json(),
  );
  expect(again).toMatchObject({ name: "new", expiresAt: null, limits: { requestsPerSecond: 500, openBatches: null } });
  expect(await statusWith(token)).toBe(200);
  // By nobody but an admin, and not of what has ended or never was.
  expect(await codeOf("PATCH", `/v1/tokens/${tokenId}`, { name: "mine" }, token)).toBe("FORBIDDEN");
  expect(await codeOf("PATCH", `/v1/tokens/${tokenId}`, { limits: { openBatches: 3_000_000_000 } })).toBe(
    "BAD_REQUEST",
  );
  expect(await codeOf("PATCH", `/v1/tokens/${Bun.randomUUIDv7()}`, { name: "x" })).toBe("NOT_FOUND");
  await change({ expiresInSeconds: 1 });
  await waitUntil(async () => (await statusWith(token)) === 401, 3_000);
  expect(await codeOf("PATCH", `/v1/tokens/${tokenId}`, { expiresInSeconds: null })).toBe("CONFLICT");
});

test("the last admin token is not made to expire", async () => {
  const { coordinator } = cluster;
  await using alone = await startTestCoordinator(cluster.databaseUrl, {
    SLUICE_BOOTSTRAP_TOKENS: "worker:worker-token-for-tests",
  });
  const { tokenId, token } = await make({ role: "admin" });
  const change = (body: object) => alone.request("PATCH", `/v1/tokens/${tokenId}`, body, token);
  expect(await codeIn(await change({ expiresInSeconds: 60 }))).toBe("LAST_ADMIN");
  expect((await change({ name: "the last one" })).status).toBe(200);
  const { tokenId: second } = await make({ role: "admin" });
  expect((await change({ expiresInSeconds: 60 })).status).toBe(200);
  await coordinator.request("DELETE", `/v1/tokens/${tokenId}`);
  await coordinator.request("DELETE", `/v1/tokens/${second}`);
});

test("the last admin token cannot be revoked, whoever tries at the same time", async () => {
  const { coordinator } = cluster;
  await using alone = await startTestCoordinator(cluster.databaseUrl, {
    SLUICE_BOOTSTRAP_TOKENS: "worker:worker-token-for-tests",
  });
  const admins = [await make({ role: "admin" }), await make({ role: "admin" })];
  // One that ends by itself would leave nobody behind.
  await make({ role: "admin", expiresInSeconds: 60 });
  const answers = await Promise.all(
    admins.map(({ tokenId, token }) => alone.request("DELETE", `/v1/tokens/${tokenId}`, undefined, token)),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409]);
  const left = admins[answers.findIndex(({ status }) => status === 409)];
  const refused = await alone.request("DELETE", `/v1/tokens/${left?.tokenId}`, undefined, left?.token);
  expect(await codeIn(refused)).toBe("LAST_ADMIN");
  // Where the configuration gives an admin, there is one left.
  expect((await coordinator.request("DELETE", `/v1/tokens/${left?.tokenId}`)).status).toBe(204);
});

test("submitters see their own batches and those of nobody; admins see all", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const [left, right] = [await make({}), await make({})];
  const open = async (token: string, more: object = {}) =>
    openBatchResponseSchema.parse(await coordinator.json("POST", "/v1/batches", more, token));
  const ids = async (token: string) =>
    (await coordinator.json("GET", "/v1/batches?limit=1000", undefined, token)).batches.map((one: Json) => one.batchId);
  const [mine, theirs, nobodys] = [await open(left.token), await open(right.token), await open(ADMIN)];
  const own = (list: string[]) => [mine, theirs, nobodys].map(({ batch }) => list.includes(batch.batchId));
  expect(own(await ids(left.token))).toEqual([true, false, true]);
  expect(own(await ids(right.token))).toEqual([false, true, true]);
  expect(own(await ids(ADMIN))).toEqual([true, true, true]);
  // A submission of the same name is another one's affair, and is not cancelled by it.
  const named = { submissionKey: "the same", supersede: true };
  const first = await open(left.token, named);
  expect((await open(right.token, named)).superseded).toEqual([]);
  expect((await open(left.token, named)).superseded).toEqual([first.batch.batchId]);
});

test("quotas: unfinished batches and pending items of a token", async () => {
  const { coordinator } = cluster;
  // Takes shards and never answers.
  await using _worker = await startFakeWorker(coordinator, {
    answer: async function* (_request, signal) {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      yield "";
    },
  });
  const { token } = await make({ limits: { openBatches: 1, pendingItems: 5 } });
  const { batch } = await coordinator.json("POST", "/v1/batches", {}, token);
  expect(await codeOf("POST", "/v1/batches", {}, token)).toBe("QUOTA_BATCHES");
  const items = makeItems(12);
  const hand = (from: number, to: number) =>
    coordinator.request(
      "POST",
      `/v1/batches/${batch.batchId}/items`,
      items
        .slice(from, to)
        .map((item) => JSON.stringify(item))
        .join("\n"),
      token,
    );
  expect((await hand(0, 6)).status).toBe(200);
  const refused = await waitUntil(async () => {
    const answer = await hand(6, 7);
    return answer.status === 200 ? null : answer;
  });
  expect([refused.status, await codeIn(refused)]).toEqual([429, "QUOTA_ITEMS"]);
  await coordinator.json("POST", `/v1/batches/${batch.batchId}/cancel`, {}, token);
  expect((await coordinator.request("POST", "/v1/batches", {}, token)).status).toBe(201);
});

test("requests past a token's rate are told when to come back; other tokens go on", async () => {
  const { coordinator } = cluster;
  const { token } = await make({ limits: { requestsPerSecond: 5 } });
  const other = await make({});
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => coordinator.request("GET", "/v1/batches?limit=1", undefined, token)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(10);
  expect(refused.length).toBeGreaterThan(10);
  expect(await codeIn(refused[0])).toBe("RATE_LIMITED");
  expect(refused[0]?.headers.get("retry-after")).toBe("1");
  const passed = answers.find(({ status }) => status === 200);
  expect(passed?.headers.get("ratelimit-policy")).toBe('"requests";q=10;w=2');
  expect(passed?.headers.get("ratelimit")).toMatch(/^"requests";r=\d;t=\d$/);
  expect(await statusWith(other.token)).toBe(200);
});

test("streams of a token are counted until they end", async () => {
  await using own = await startTestCoordinator(cluster.databaseUrl, { SLUICE_QUOTA_STREAMS: "2" });
  await using _worker = await startFakeWorker(own);
  const { token } = await make({});
  const { batch } = await own.json("POST", "/v1/batches", {}, token);
  const watch = (signal?: AbortSignal) =>
    fetch(`${own.url}/v1/batches/${batch.batchId}/events`, {
      headers: { authorization: `Bearer ${token}` },
      ...(signal === undefined ? {} : { signal }),
    });
  const [first, second] = [new AbortController(), new AbortController()];
  const open = await Promise.all([watch(first.signal), watch(second.signal)]);
  expect(open.map(({ status }) => status)).toEqual([200, 200]);
  const third = await watch();
  expect([third.status, await codeIn(third)]).toEqual([429, "QUOTA_STREAMS"]);
  first.abort();
  await waitUntil(async () => {
    const again = await watch();
    await again.body?.cancel();
    return again.status === 200;
  });
  second.abort();
  await own.json("POST", `/v1/batches/${batch.batchId}/cancel`, {}, token);
});
