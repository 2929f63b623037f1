/** A worker, or whoever has its token, that claims more than it was given. */
import { expect, test } from "bun:test";
import { newTokenSchema, PROTOCOL_VERSION } from "@sluice/contracts";
import { z } from "zod";
import { answerAll, doneLine, documentLine, sha256, startFakeWorker } from "../support/fake-worker.ts";
import { useCoordinator } from "../support/test-cluster.ts";
import { type Json, makeItems, startTestCoordinator, WORKER } from "../support/test-coordinator.ts";

const cluster = useCoordinator();

const registration = (over: object = {}) => ({
  protocol: PROTOCOL_VERSION,
  workerId: crypto.randomUUID(),
  address: "http://127.0.0.1:9",
  slots: 1,
  busySlots: 0,
  engineVersion: "forged-1",
  classifiers: [],
  host: "h",
  pid: 1,
  dispatchToken: "d".repeat(32),
  ...over,
});
const register = (body: object, token = WORKER) => cluster.coordinator.request("POST", "/v1/workers", body, token);
const make = async (role: string) =>
  newTokenSchema.parse(await cluster.coordinator.json("POST", "/v1/tokens", { name: role, role }));
const rising = (statuses: readonly number[]) => statuses.toSorted((a, b) => a - b);

const operationsSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ security: z.array(z.record(z.string(), z.array(z.string()))).default([]) })),
  ),
});

test("a worker's token opens registration and nothing else, over all operations there are", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const { batchId } = await coordinator.open();
  const { token } = await make("worker");
  const { paths } = operationsSchema.parse(await coordinator.json("GET", "/v1/openapi.json"));
  let refused = 0;
  for (const [template, operations] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(operations)) {
      // What takes no token is opened by a signed link, or says nothing of the installation.
      const roles = security.flatMap((scheme) => scheme["token"] ?? []);
      if (roles.length === 0 || roles.includes("worker")) continue;
      const path = template.replaceAll("{ordinal}", "0").replaceAll(/\{\w+\}/g, batchId);
      const body = method === "get" || method === "delete" ? undefined : {};
      const { status } = await coordinator.request(method.toUpperCase(), path, body, token);
      // What is said of the protocol is said before it is asked who calls.
      expect([method, template, status === 403 || status === 412]).toEqual([method, template, true]);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(20);
});

test("addresses outside of the list are refused in every spelling", async () => {
  const spellings = [
    "http://169.254.169.254/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fe80::1]/",
    "http://[::]/",
    "http://0.0.0.0/",
    "http://0/",
    "http://127.0.0.1.nip.io/",
    "http://localhost.evil.example/",
    "http://evil.example#@127.0.0.1/",
    "http://127.0.0.1@evil.example/",
    "http://user:password@127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "https://10.0.0.1/",
    "http://１６９.254.169.254/",
  ];
  for (const address of spellings) {
    const { status } = await register(registration({ address }));
    expect([address, [400, 403].includes(status)]).toEqual([address, true]);
  }
  expect((await register(registration())).status).toBe(200);
});

test("an id is its process's alone: nobody else renews it, moves it, or takes it off the list", async () => {
  const { coordinator } = cluster;
  const [own, other] = [await make("worker"), await make("worker")];
  const victim = registration({ address: "http://127.0.0.1:10", engineVersion: "victim-1" });
  expect((await register(victim, own.token)).status).toBe(200);
  // Ids are no secret; the dispatch token is.
  const thief = { ...victim, address: "http://127.0.0.1:11", dispatchToken: "e".repeat(32) };
  for (const token of [own.token, other.token]) expect((await register(thief, token)).status).toBe(403);
  const removal = (token: string) => coordinator.request("DELETE", `/v1/workers/${victim.workerId}`, undefined, token);
  expect((await removal(other.token)).status).toBe(404);
  // A newcomer at its address does not push it out.
  const squatter = registration({ address: victim.address, engineVersion: "squatter-1" });
  expect((await register(squatter, other.token)).status).toBe(200);
  const { workers } = await coordinator.json("GET", "/v1/workers");
  const row = workers.find((worker: Json) => worker.workerId === victim.workerId);
  expect(row).toMatchObject({ address: victim.address, live: true });
  expect(JSON.stringify(workers)).not.toContain(victim.dispatchToken);
  expect((await register(victim, own.token)).status).toBe(200);
  expect((await removal(own.token)).status).toBe(204);
});

test("processes that claim one id at the same moment: one of them is it", async () => {
  const workerId = crypto.randomUUID();
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, index) => {
      const own = { workerId, address: `http://127.0.0.1:${20 + index}`, dispatchToken: String(index).repeat(32) };
      return register(registration(own));
    }),
  );
  expect(rising(claims.map(({ status }) => status))).toEqual([200, ...Array<number>(7).fill(403)]);
});

/** What a worker says of an item that it should have read. */
const forgeries: Record<string, (line: Json, stolen: string) => object> = {
  "another ordinal": (line) => ({ ...line, ordinal: 41 }),
  "a stored document that it was not told of": (line, stolen) => known(line, stolen),
  "a document that nobody has": (line) => known(line, sha256("no such thing")),
  "more text than it announced": (line) => ({ ...line, pages: [{ verdict: "text", chars: 1, textBytes: 9 }] }),
  "no hash at all": (line) => ({ ...line, contentHash: "../../etc" }),
  "a state of its own": (line) => ({ ...line, outcome: "succeeded" }),
  "an error code that there is not": (line) => ({ ...line, outcome: "failed", code: "NOTHING", message: "" }),
};

function known({ line, ordinal, sizeBytes, sourceVersion, cpuMs }: Json, contentHash: string): object {
  return { line, ordinal, sizeBytes, sourceVersion, cpuMs, outcome: "known", contentHash };
}

test("results for what was not asked for, or for another's content, are stored nowhere", async () => {
  await using own = await startTestCoordinator(cluster.databaseUrl);
  let victim: string;
  {
    await using honest = await startFakeWorker(own);
    victim = await own.submit(makeItems(1, {}, "secret"));
    await own.ended(victim);
    expect(honest.requests).toHaveLength(1);
  }
  // Somebody else's document, stored under the hashes that the next batches have too.
  const [stored] = await own.sql("select encode(content_hash, 'hex') as hash from items where batch_id = $1", [victim]);
  for (const [name, forge] of Object.entries(forgeries)) {
    let forged = 0;
    await using _worker = await startFakeWorker(own, {
      answer: async function* (request) {
        forged += 1;
        for (const item of request.items) {
          const line = { ...documentLine(item, request), pages: [], textBytes: 0 };
          yield `${JSON.stringify(forge(line, stored.hash))}\n`;
        }
        yield doneLine(request);
      },
    });
    const before = await own.sql("select count(*)::int as count from documents");
    // Not of the size of the other document, or its hash would be sent.
    const batchId = await own.submit(makeItems(1, { sizeBytes: 77 }, `forged-${crypto.randomUUID()}`));
    const ended = await own.ended(batchId);
    expect([name, ended.extract.failed, forged > 0]).toEqual([name, 1, true]);
    const [result] = await own.results(batchId);
    expect([name, result.code, result.contentHash]).toEqual([name, "RESULT_INVALID", null]);
    expect(await own.sql("select count(*)::int as count from documents")).toEqual(before);
    expect((await own.audit(batchId)).balanced).toBe(true);
  }
}, 60_000);

test("an answer that names an item twice stores none of it", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, {
    slots: 1,
    answer: async function* (request, signal) {
      if (request.items.length === 1) return yield* answerAll()(request, signal);
      for (const item of [...request.items, ...request.items]) yield documentLine(item, request);
      yield doneLine(request);
    },
  });
  const batchId = await coordinator.submit(makeItems(4, {}, "twice"));
  const ended = await coordinator.ended(batchId);
  // Split until each is alone, and then each is answered once.
  expect(ended.extract.succeeded).toBe(4);
  expect(worker.requests.some(({ items }) => items.length > 1)).toBe(true);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
}, 60_000);
