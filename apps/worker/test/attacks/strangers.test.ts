/** Whoever reaches a worker's port without being a coordinator that it registered with. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { problemSchema } from "@sluice/contracts";
import { briefly, WorkerProcess } from "../worker-process.ts";

let worker: WorkerProcess;
beforeAll(async () => {
  worker = await WorkerProcess.start({ SLUICE_METRICS_TOKEN: "metrics-token-for-tests" });
}, 60_000);
afterAll(() => worker[Symbol.asyncDispose]());

const shard = () => worker.request([worker.document(crypto.randomUUID(), "ok text")]);
const codeOf = async (answer: Response) => problemSchema.parse(await answer.json()).code;

test("shards are taken from who holds the dispatch token, and from nobody else", async () => {
  const { dispatchToken } = worker.registration;
  const guesses = [
    null,
    "",
    "worker-token",
    "metrics-token-for-tests",
    dispatchToken.slice(0, -1),
    `${dispatchToken}x`,
    dispatchToken.toLowerCase(),
    "x".repeat(8_000),
  ];
  for (const token of guesses) {
    const answer = await worker.post(shard(), { token });
    expect([token?.slice(0, 20), answer.status]).toEqual([token?.slice(0, 20), 401]);
  }
  // The token is in the header alone.
  const inQuery = await fetch(`${worker.url}/v1/shards?token=${dispatchToken}&access_token=${dispatchToken}`, {
    method: "POST",
    headers: { cookie: `token=${dispatchToken}` },
    body: JSON.stringify(shard()),
  });
  expect(inQuery.status).toBe(401);
  expect((await worker.post(shard())).status).toBe(200);
});

test("there is nothing else to call, and nothing in what it shows", async () => {
  const { dispatchToken } = worker.registration;
  const authorized = { headers: { authorization: `Bearer ${dispatchToken}` } };
  for (const path of [
    "/",
    "/v1",
    "/v1/shards",
    "/v1/batches",
    "/v1/openapi.json",
    "/../../etc/passwd",
    "/.env",
    "/metrics",
  ]) {
    const { status } = await fetch(`${worker.url}${path}`, authorized);
    expect([path, status]).toEqual([path, path === "/metrics" ? 401 : 404]);
  }
  for (const path of ["/healthz", "/readyz"]) {
    const answer = await fetch(`${worker.url}${path}`);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const text = await answer.text();
    for (const secret of [dispatchToken, "worker-token", worker.folder]) expect(text).not.toContain(secret);
  }
});

test("a shard that is none is refused by name, and the next one is read", async () => {
  const good = shard();
  const bad: unknown[] = [
    null,
    [],
    { ...good, items: [] },
    { ...good, items: "x" },
    { ...good, extract: { ...good.extract, maxPages: "many" } },
    { ...good, engineVersion: "another" },
    { ...good, protocol: 99 },
    JSON.parse('{"__proto__":{"items":[1]}}'),
  ];
  for (const body of bad) {
    const answer = await worker.post(body);
    expect([answer.status >= 400, answer.status < 500]).toEqual([true, true]);
    expect(await codeOf(answer)).not.toBe("INTERNAL");
  }
  const deep = await fetch(`${worker.url}/v1/shards`, {
    method: "POST",
    headers: { authorization: `Bearer ${worker.registration.dispatchToken}` },
    body: `${"[".repeat(300_000)}${"]".repeat(300_000)}`,
  });
  expect([deep.status, await codeOf(deep)]).toEqual([400, "BAD_REQUEST"]);
  const { items } = await worker.run([worker.document("after", "ok text")]);
  expect(briefly(items)[0]).toStartWith("0 ok");
});
