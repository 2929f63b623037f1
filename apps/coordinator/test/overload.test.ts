/** More than there is room for: of submissions, of disk, of connections, of time to wait for a lock. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SluiceClient } from "@sluice/client";
import { problemSchema } from "@sluice/contracts";
import { type RunningPostgres, startPostgres } from "@sluice/launcher";
import { Client } from "pg";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { ADMIN, makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";
import { mountTmpfs, type Tmpfs, TMPFS_MISSING } from "./support/tmpfs.ts";

async function expectBalanced(coordinator: TestCoordinator, batchId: string): Promise<void> {
  expect((await coordinator.audit(batchId)).checks.filter((check) => !check.ok)).toEqual([]);
}

const outcomes = async (coordinator: TestCoordinator, batchId: string) =>
  (await coordinator.sql("select distinct outcome from attempts where batch_id = $1 order by outcome", [batchId])).map(
    (row) => row.outcome,
  );

const readiness = async (coordinator: TestCoordinator): Promise<{ status: number; text: string }> => {
  const response = await coordinator.request("GET", "/readyz", undefined, null);
  return { status: response.status, text: await response.text() };
};

describe("submissions faster than they can be taken", () => {
  test("many clients at once: some are told to come back, all get through, and memory stays bounded", async () => {
    await using database = await coordinatorDatabase();
    await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_DB_POOL: "2" });
    await using worker = await startFakeWorker(coordinator, { slots: 4 });
    const running = await coordinator.submit(makeItems(50));
    const residentMb = () =>
      process.platform === "linux"
        ? Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${coordinator.pid}/status`, "latin1"))?.[1]) / 1_024
        : 0;
    const before = residentMb();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, residentMb())), 20);
    const refusals: (string | null)[] = [];
    const counting = Object.assign(
      async (...request: Parameters<typeof fetch>) => {
        const response = await fetch(...request);
        if (response.status === 429) refusals.push(response.headers.get("retry-after"));
        else expect(response.status).toBeLessThan(300);
        return response;
      },
      { preconnect: fetch.preconnect },
    );
    const client = new SluiceClient({ baseUrl: coordinator.url, token: ADMIN, fetch: counting });
    // Four kilobytes an item: each chunk is four megabytes on the wire.
    const submit = async (name: number): Promise<string> => {
      const { batch } = await client.openBatch();
      const items = makeItems(1_000, {}, `long-${"x".repeat(1_900)}-${name}`);
      await client.appendItems(batch.batchId, items);
      return batch.batchId;
    };
    const batches = await Promise.all(Array.from({ length: 16 }, (_, name) => submit(name)));
    clearInterval(watch);
    expect(refusals.length).toBeGreaterThan(0);
    expect(new Set(refusals)).toEqual(new Set(["1"]));
    // All chunks at once would be 64 MB of text and far more as objects.
    expect(peak - before).toBeLessThan(250);
    for (const batchId of batches) {
      expect((await client.getBatch(batchId)).items).toBe(1_000);
      await client.cancelBatch(batchId);
    }
    expect((await coordinator.ended(running)).extract.succeeded).toBe(50);
    expect(await outcomes(coordinator, running)).toEqual(["committed"]);
    await expectBalanced(coordinator, running);
    expect(worker.requests.length).toBeGreaterThan(0);
  }, 120_000);

  test("more pending than the fleet is meant to have: intake waits until it has caught up", async () => {
    await using database = await coordinatorDatabase();
    await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_MAX_PENDING_ITEMS: "40" });
    const go = Promise.withResolvers<void>();
    await using worker = await startFakeWorker(coordinator, {
      answer: async function* (request, signal) {
        yield { line: "progress", done: 0, current: null };
        await go.promise;
        yield* answerAll()(request, signal);
      },
    });
    const items = makeItems(90);
    const { batchId } = await coordinator.open();
    await coordinator.append(batchId, items.slice(0, 50));
    const body = (from: number, to: number) =>
      items
        .slice(from, to)
        .map((item) => JSON.stringify(item))
        .join("\n");
    const refused = await waitUntil(async () => {
      const response = await coordinator.request("POST", `/v1/batches/${batchId}/items`, body(0, 50));
      return response.ok ? null : response;
    });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(problemSchema.parse(await refused.json())).toMatchObject({ code: "BUSY", context: { limit: 40 } });
    const client = new SluiceClient({ baseUrl: coordinator.url, token: ADMIN });
    let done = false;
    const appending = client.appendItems(batchId, items.slice(50)).then(() => (done = true));
    await waitUntil(() => worker.running > 0);
    expect(done).toBe(false);
    go.resolve();
    await appending;
    await coordinator.seal(batchId, items.length);
    expect((await coordinator.ended(batchId)).extract.succeeded).toBe(90);
    await expectBalanced(coordinator, batchId);
  });
});

describe("a slow PostgreSQL", () => {
  test("a lock that is held for longer than a lease: commits wait, no lease is lost, nothing is read twice", async () => {
    await using database = await coordinatorDatabase();
    await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_DB_POOL: "2" });
    // It ends whatever lease runs out.
    await using standby = await startTestCoordinator(database.databaseUrl);
    await using worker = await startFakeWorker(coordinator, { slots: 4 });
    const holder = new Client({ connectionString: database.databaseUrl });
    await holder.connect();
    await holder.query("begin; lock table pages in access exclusive mode");
    const batchId = await coordinator.submit(makeItems(40));
    await waitUntil(async () => (await coordinator.sql("select 1 from attempts where outcome = 'running'")).length > 2);
    const until = Date.now() + 13_000;
    while (Date.now() < until) {
      expect((await readiness(coordinator)).status).toBe(200);
      await Bun.sleep(1_000);
    }
    expect((await standby.status(batchId)).extract.succeeded).toBe(0);
    await holder.query("commit; checkpoint");
    await holder.end();
    expect((await coordinator.ended(batchId)).extract.succeeded).toBe(40);
    expect(await outcomes(coordinator, batchId)).toEqual(["committed"]);
    expect(worker.requests.flatMap((request) => request.items)).toHaveLength(40);
    await expectBalanced(coordinator, batchId);
  }, 60_000);
});

describe("no connection left", () => {
  let folder: string;
  let postgres: RunningPostgres;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-connections-test-"));
    const settings = { max_connections: "40", superuser_reserved_connections: "3", fsync: "off" };
    postgres = await startPostgres({ dataDir: folder, exitWithParent: true, settings });
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test("it says so, backs off, loses nothing, and goes on by itself when there are some again", async () => {
    await using coordinator = await startTestCoordinator(postgres.databaseUrl);
    await using worker = await startFakeWorker(coordinator, {
      slots: 4,
      answer: answerAll(async (item, request) => {
        await Bun.sleep(20);
        return documentLine(item, request);
      }),
    });
    const batchId = await coordinator.submit(makeItems(200));
    await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded > 0);
    const hogs: Client[] = [];
    // Whatever is free is taken, the coordinator's own too as soon as it lets go of one: it is made to.
    const grab = async (): Promise<boolean> => {
      const hog = new Client({ connectionString: postgres.databaseUrl, application_name: "hog" });
      hog.on("error", () => undefined);
      try {
        await hog.connect();
        hogs.push(hog);
        return true;
      } catch {
        return false;
      }
    };
    while (await grab());
    const end = (name: string) =>
      hogs[0]?.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name like $1", [name]);
    const refused = await waitUntil(async () => {
      // Each time anew: what it loses it may have again before we do.
      await end("sluice-%");
      while (await grab());
      const response = await coordinator.request("GET", `/v1/batches/${batchId}`);
      return response.ok ? null : response;
    });
    expect(refused.status).toBe(503);
    const problem = problemSchema.parse(await refused.json());
    expect(problem.code).toBe("DATABASE_UNAVAILABLE");
    // Its connections for leases may be the ones that came back: readiness is theirs.
    await waitUntil(async () => {
      if ((await readiness(coordinator)).status === 503) return true;
      await end("sluice-%");
      while (await grab());
      return false;
    });
    expect((await coordinator.request("GET", "/healthz", undefined, null)).status).toBe(200);
    for (const hog of hogs) await hog.end();
    const ended = await waitUntil(async () => {
      const response = await coordinator.request("GET", `/v1/batches/${batchId}`);
      if (!response.ok) return null;
      const now = (await response.json()) as { state: string; extract: Record<string, number> };
      return now.state === "done" ? now : null;
    }, 60_000);
    expect(ended.extract["succeeded"]).toBe(200);
    await waitUntil(async () => (await readiness(coordinator)).status === 200);
    await expectBalanced(coordinator, batchId);
    expect(await coordinator.sql("select 1 from items where poison > 0")).toEqual([]);
    expect(worker.running).toBe(0);
  }, 120_000);
});

describe.skipIf(TMPFS_MISSING !== null)(
  `a full disk${TMPFS_MISSING === null ? "" : ` (skipped: ${TMPFS_MISSING})`}`,
  () => {
    test("of the database: a clear error, results wait and are stored when there is room", async () => {
      const folder = await mkdtemp(join(tmpdir(), "sluice-full-disk-test-"));
      await using scope = new AsyncDisposableStack();
      scope.defer(() => rm(folder, { recursive: true, force: true }));
      const small: Tmpfs = scope.use(mountTmpfs(join(folder, "small"), 64));
      const postgres = await startPostgres({ dataDir: join(folder, "data"), exitWithParent: true });
      scope.defer(() => postgres.stop());
      const admin = new Client({ connectionString: postgres.databaseUrl });
      await admin.connect();
      const space = join(small.path, "space");
      mkdirSync(space, { mode: 0o700 });
      small.give(space, join(folder, "data"));
      await admin.query(`create tablespace small location '${space}'`);
      await admin.query("create database small tablespace small");
      await admin.end();
      const url = new URL(postgres.databaseUrl);
      url.pathname = "/small";
      const coordinator = scope.use(await startTestCoordinator(url.href));
      scope.use(await startFakeWorker(coordinator, { slots: 2, answer: pagesOf(400_000) }));
      const before = await coordinator.submit(makeItems(4));
      await coordinator.ended(before);
      small.fill();
      const refused = await waitUntil(async () => {
        const response = await coordinator.request("POST", "/v1/batches", {
          options: { taxonomy: bulkyTaxonomy() },
        });
        return response.ok ? null : response;
      });
      expect(refused.status).toBe(507);
      expect(problemSchema.parse(await refused.json()).code).toBe("DISK_FULL");
      small.free();
      const batchId = await coordinator.submit(makeItems(20));
      small.fill();
      await waitUntil(async () => (await outcomes(coordinator, batchId)).length > 0);
      const full = await waitUntil(async () => {
        const { status, text } = await readiness(coordinator);
        return text.includes("no space left to write to") ? status : null;
      });
      expect(full).toBe(503);
      expect((await coordinator.status(batchId)).extract.failed).toBe(0);
      small.free();
      expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 20, failed: 0 });
      await waitUntil(async () => !(await readiness(coordinator)).text.includes("no space left to write to"));
      await expectBalanced(coordinator, batchId);
      expect(await coordinator.sql("select 1 from items where poison > 0")).toEqual([]);
    }, 120_000);

    test("of the spool: shards past what memory holds wait for room, the others go on", async () => {
      const folder = await mkdtemp(join(tmpdir(), "sluice-full-spool-test-"));
      await using scope = new AsyncDisposableStack();
      scope.defer(() => rm(folder, { recursive: true, force: true }));
      const small: Tmpfs = scope.use(mountTmpfs(join(folder, "spool"), 4));
      const database = scope.use(await coordinatorDatabase());
      const coordinator = scope.use(await startTestCoordinator(database.databaseUrl, { SLUICE_SPOOL_DIR: small.path }));
      scope.use(
        await startFakeWorker(coordinator, {
          slots: 2,
          answer: answerAll((item, request) =>
            item.uri.includes("huge") ? pageLine(item, request, 14_000_000) : documentLine(item, request),
          ),
        }),
      );
      const huge = await coordinator.submit(makeItems(1, { sizeBytes: 1e7 }, `huge-${Date.now()}`));
      await waitUntil(async () => (await outcomes(coordinator, huge)).includes("failed"));
      const { status, text } = await readiness(coordinator);
      expect([status, text]).toEqual([503, expect.stringContaining("spool")]);
      const ordinary = await coordinator.submit(makeItems(10));
      expect((await coordinator.ended(ordinary)).extract.succeeded).toBe(10);
      expect((await coordinator.status(huge)).extract).toMatchObject({ pending: 1, failed: 0 });
      small.grow(128);
      expect((await coordinator.ended(huge)).extract.succeeded).toBe(1);
      await waitUntil(async () => (await readiness(coordinator)).status === 200);
      await expectBalanced(coordinator, huge);
      expect(await coordinator.sql("select 1 from items where poison > 0")).toEqual([]);
    }, 120_000);
  },
);

/** The line of a document with one page of so many characters, which do not compress. */
function pageLine(
  item: Parameters<typeof documentLine>[0],
  request: Parameters<typeof documentLine>[1],
  chars: number,
) {
  const text = Buffer.from(crypto.getRandomValues(new Uint8Array(65_536)))
    .toString("hex")
    .repeat(Math.ceil(chars / 131_072));
  return documentLine(item, request, {
    pageCount: 1,
    pages: [{ verdict: "text", chars, text: text.slice(0, chars) }],
  });
}

function pagesOf(chars: number) {
  return answerAll((item, request) => pageLine(item, request, chars));
}

/** Options of some megabytes. */
function bulkyTaxonomy() {
  return {
    name: "bulky",
    categories: Array.from({ length: 400 }, (_, index) => ({
      id: `c${index}`,
      name: `c${index}`,
      description: Buffer.from(crypto.getRandomValues(new Uint8Array(500))).toString("hex"),
    })),
  };
}
