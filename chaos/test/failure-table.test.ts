/**
 * Each row of the failure table of ARCHITECTURE.md on a fleet, and how long it takes until work goes on.
 * `SLUICE_FAILURE_TABLE=chaos/results` writes the report that is committed.
 */
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { basename, join, resolve } from "node:path";
import type { BatchOptionsInput, BatchStatus } from "@sluice/contracts";
import {
  failOnLeakedProcesses,
  type Fleet,
  type FleetService,
  namespacesMissing,
  s3ServerMissing,
  s3Service,
  serviceProcess,
  startFleet,
  temporaryFolder,
  waitUntil,
} from "@sluice/testkit";
import { DocumentSet } from "../src/documents/document-set.ts";
import { modelService, setModel } from "../src/llm/model-service.ts";
import type { LlmMode } from "../src/llm/modes.ts";
import { FailureTable } from "../src/report/failure-table.ts";
import { BUCKET } from "../src/run/load-of.ts";
import { placeObjects } from "../src/run/place-objects.ts";

const GAPS = [
  [
    "extractor that cannot be killed",
    "simulated in apps/worker/test/pool.test.ts: no process can be made unkillable at will",
  ],
  ["disk full", "apps/coordinator/test/overload.test.ts and apps/cli/test/e2e/full-disk.test.ts"],
  ["rolling upgrade", "apps/coordinator/test/upgrade.test.ts"],
] as const;

const missing = namespacesMissing();
const network = missing === null ? "namespaces" : "loopback";
if (missing !== null) process.stderr.write(`failure-table.test.ts runs on loopback: ${missing}\n`);

const s3Missing = s3ServerMissing();
if (s3Missing !== null) process.stderr.write(`failure-table.test.ts leaves S3 out: ${s3Missing}\n`);

const scratch = temporaryFolder();
const documents = new DocumentSet(join(scratch.path, "documents"));
const llmFolder = join(scratch.path, "llm");
const table = new FailureTable(network, GAPS);
let fleet: Fleet;
let numbers = 0;
/** Whether what runs at the address of the S3 server is one that answers 503 to everything. */
let isUnwilling = false;

/** The S3 server, or at the next start one that is up and does not do its work. */
function replaceableS3(): FleetService {
  const folder = join(scratch.path, "s3");
  const s3 = s3Service(folder, [BUCKET]);
  const command = [process.execPath, "--no-env-file", join(import.meta.dir, "unwilling-server.fixture.ts")];
  return {
    ...s3,
    start: (options) =>
      isUnwilling
        ? serviceProcess({ ...options, command: [...command, options.at], log: join(folder, "unwilling.log") })
        : s3.start(options),
  };
}

beforeAll(async () => {
  fleet = await startFleet({
    network,
    folder: join(scratch.path, "fleet"),
    fileRoots: [documents.folder],
    coordinators: 2,
    workers: 3,
    services: [modelService(llmFolder), ...(s3Missing === null ? [replaceableS3()] : [])],
    extractor: join(import.meta.dir, "../src/documents/poisoned-extractor.ts"),
    postgresSettings: { fsync: "off", shared_buffers: "64MB" },
  });
  await fleet.whenReady();
}, 120_000);

// A test that failed must not take the next ones along.
afterEach(async () => {
  for (const { host } of fleet.parts) await fleet.mend(host.name);
  for (const part of fleet.parts) part.start();
  await fleet.whenReady();
}, 60_000);

afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
  const folder = process.env["SLUICE_FAILURE_TABLE"];
  if (folder !== undefined) table.write(resolve(import.meta.dir, "../..", folder));
}, 60_000);
// After the fleet has been ended: these are called in order.
failOnLeakedProcesses();

const LIMIT_MS = 120_000;
const [first, second] = [0, 1] as const;

function client(index: number) {
  const found = fleet.clients[index];
  if (found === undefined) throw new Error(`no coordinator ${index}`);
  return found;
}

/** Fresh documents of these kinds as items. */
function itemsOf(kinds: readonly string[]) {
  return kinds.map((kind, ordinal) => documents.item(`${kind}:${(numbers += 1)}`, ordinal).submission);
}

async function submit(kinds: readonly string[], options: BatchOptionsInput = {}, through: number = first) {
  const items = itemsOf(kinds);
  const { batch } = await client(through).openBatch({ options: { classifier: "none", ...options } });
  await client(through).appendItems(batch.batchId, items);
  await client(through).sealBatch(batch.batchId, items.length);
  return batch.batchId;
}

const slow = (count: number) => Array.from({ length: count }, () => "slow");

/** Waits for its end by whoever answers, and has everything checked. */
async function balancedEnd(batchId: string, through: number = second): Promise<BatchStatus> {
  const status = await waitUntil(
    "the batch is done",
    async () => {
      const now = await client(through).getBatch(batchId);
      return now.state === "done" && now;
    },
    { timeoutMs: 90_000, everyMs: 50 },
  );
  expect((await client(through).audit(batchId)).checks.filter(({ ok }) => !ok)).toEqual([]);
  return status;
}

async function now(): Promise<Date> {
  const [row] = await fleet.query<{ now: Date }>("select clock_timestamp() as now");
  if (row === undefined) throw new Error("no time");
  return row.now;
}

interface InHand extends Record<string, unknown> {
  shard_id: string;
  retry_count: number;
  pid: number;
  dispatched_at: Date;
}

/** Shards of a batch that a worker reads now. */
const inHand = (batchId: string) =>
  fleet.query<InHand>(
    `select a.shard_id, a.retry_count, a.dispatched_at, w.pid from attempts a join workers w on w.id = a.worker_id
      where a.batch_id = $1 and a.outcome = 'running'`,
    [batchId],
  );

/** When this shard was handed out again, in seconds after a moment. */
async function againAfter({ shard_id, retry_count }: InHand, since: Date): Promise<number> {
  const found = await waitUntil(
    "the shard is handed out again",
    async () => {
      const [row] = await fleet.query<{ seconds: number | null }>(
        `select extract(epoch from min(dispatched_at) - $3::timestamptz)::float8 as seconds
           from attempts where shard_id = $1 and retry_count > $2`,
        [shard_id, retry_count, since],
      );
      return row?.seconds === null || row === undefined ? null : { seconds: row.seconds };
    },
    { timeoutMs: 60_000, everyMs: 50 },
  );
  return found.seconds;
}

/** When the next shard of a batch was stored, in seconds after a moment. */
async function storedAfter(batchId: string, since: Date): Promise<number> {
  const found = await waitUntil(
    "something is stored",
    async () => {
      const [row] = await fleet.query<{ seconds: number | null }>(
        `select extract(epoch from min(ended_at) - $2::timestamptz)::float8 as seconds
           from attempts where batch_id = $1 and outcome = 'committed' and ended_at > $2`,
        [batchId, since],
      );
      return row?.seconds === null || row === undefined ? null : { seconds: row.seconds };
    },
    { timeoutMs: 60_000, everyMs: 50 },
  );
  return found.seconds;
}

/** A batch that is being read, and a worker that reads it. */
async function atWork(count: number) {
  const batchId = await submit(slow(count));
  const shards = await waitUntil("every worker reads", async () => {
    const rows = await inHand(batchId);
    return rows.length === fleet.workers.length && rows;
  });
  const [shard] = shards;
  const worker = fleet.workers.find(({ pid }) => pid === shard?.pid);
  if (shard === undefined || worker === undefined) throw new Error("no worker is reading");
  return { batchId, shard, worker };
}

async function timed(kinds: readonly string[], options: BatchOptionsInput = {}) {
  const begun = performance.now();
  const status = await balancedEnd(await submit(kinds, options), first);
  return { status, seconds: (performance.now() - begun) / 1000 };
}

for (const [poison, code, options, limitSeconds] of [
  ["crash", "CHILD_CRASHED", {}, 0],
  ["hang", "CHILD_TIMEOUT", { documentTimeoutMs: 1_500 }, 1.5],
  ["hog", "CHILD_OOM", { documentMemoryMb: 256 }, 0],
] as const) {
  test(
    `extractor: ${poison}`,
    async () => {
      const healthy = await timed(["plain", "plain", "plain"]);
      const { status, seconds } = await timed(["plain", poison, "plain"], options);
      expect(status.extract).toMatchObject({ succeeded: 2, failed: 1 });
      for await (const failure of client(first).failures(status.batchId)) {
        expect(failure).toMatchObject({ ordinal: 1, code });
        expect(failure.evidence?.attempts).toBeGreaterThanOrEqual(1);
      }
      table.add({
        dies: `extractor (${poison})`,
        promised: limitSeconds > 0 ? "at once, after its limit" : "at once",
        promisedSeconds: 2,
        measuredSeconds: Math.max(0, seconds - healthy.seconds - limitSeconds),
        measured: "a batch of three with the poison against a healthy one, without the limit itself",
      });
    },
    LIMIT_MS,
  );
}

test(
  "worker: kill -9",
  async () => {
    const { batchId, shard, worker } = await atWork(24);
    const since = await now();
    await worker.kill();
    const seconds = await againAfter(shard, since);
    worker.start();
    expect((await balancedEnd(batchId)).extract.succeeded).toBe(24);
    table.add({
      dies: "worker (kill -9)",
      promised: "at once",
      promisedSeconds: 2,
      measuredSeconds: seconds,
      measured: "kill to its shard in other hands",
    });
  },
  LIMIT_MS,
);

test(
  "worker: partition",
  async () => {
    const { batchId, shard, worker } = await atWork(24);
    const since = await now();
    await fleet.cut(worker.name);
    const seconds = await againAfter(shard, since);
    expect((await balancedEnd(batchId)).extract.succeeded).toBe(24);
    await fleet.mend(worker.name);
    table.add({
      dies: "worker (partition)",
      promised: "silence: 5 s",
      promisedSeconds: 6,
      measuredSeconds: seconds,
      measured: "cut to its shard in other hands",
    });
    const blamed = await fleet.query("select 1 from items where batch_id = $1 and extract_state = 'failed'", [batchId]);
    expect(blamed).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "coordinator: kill -9",
  async () => {
    const [doomed, survivor] = fleet.coordinators;
    if (doomed === undefined || survivor === undefined) throw new Error("two coordinators are needed");
    await survivor.stop();
    const { batchId } = await atWork(60);
    survivor.start();
    await survivor.whenUp();
    const since = await now();
    await doomed.kill();
    // What it had in hand when it died, for good.
    const shard = (await inHand(batchId)).find(({ dispatched_at }) => dispatched_at < since);
    if (shard === undefined) throw new Error("it had nothing in hand");
    const seconds = await againAfter(shard, since);
    expect((await balancedEnd(batchId)).extract.succeeded).toBe(60);
    expect(await inHand(batchId)).toEqual([]);
    doomed.start();
    table.add({
      dies: "coordinator (kill -9)",
      promised: "about 10 s",
      promisedSeconds: 13,
      measuredSeconds: seconds,
      measured: "kill to its shard handed out by the other coordinator",
    });
  },
  LIMIT_MS,
);

test(
  "coordinator: frozen past its lease",
  async () => {
    const [frozen, other] = fleet.coordinators;
    if (frozen === undefined || other === undefined) throw new Error("two coordinators are needed");
    await other.stop();
    const { batchId } = await atWork(60);
    other.start();
    await other.whenUp();
    const since = await now();
    expect(frozen.freeze()).toBe(true);
    try {
      const shard = (await inHand(batchId)).find(({ dispatched_at }) => dispatched_at < since);
      if (shard === undefined) throw new Error("it had nothing in hand");
      const seconds = await againAfter(shard, since);
      table.add({
        dies: "coordinator (frozen past its lease)",
        promised: "about 10 s",
        promisedSeconds: 13,
        measuredSeconds: seconds,
        measured: "freeze to its shard handed out by the other coordinator",
      });
      await waitUntil("the other one has stored it", async () => {
        const stored = await fleet.query("select 1 from attempts where shard_id = $1 and outcome = 'committed'", [
          shard.shard_id,
        ]);
        return stored.length === 1;
      });
    } finally {
      frozen.thaw();
    }
    // What it still has in its hands when it wakes up is stale, and none of it may be stored.
    expect((await balancedEnd(batchId)).extract).toMatchObject({ succeeded: 60, duplicate: 0, failed: 0 });
    const twice = await fleet.query(
      "select shard_id from attempts where batch_id = $1 and outcome = 'committed' group by 1 having count(*) > 1",
      [batchId],
    );
    expect(twice).toEqual([]);
  },
  LIMIT_MS,
);

for (const how of ["kill -9", "restart"] as const) {
  test(
    `PostgreSQL: ${how}`,
    async () => {
      const { batchId } = await atWork(30);
      if (how === "kill -9") await fleet.postgres.kill();
      else await fleet.postgres.stop();
      await Bun.sleep(1_000);
      fleet.postgres.start();
      await fleet.postgres.whenUp();
      const seconds = await storedAfter(batchId, await now());
      expect((await balancedEnd(batchId)).extract.succeeded).toBe(30);
      table.add({
        dies: `PostgreSQL (${how})`,
        promised: "when it is back",
        promisedSeconds: 5,
        measuredSeconds: seconds,
        measured: "ready again to the next shard stored",
      });
    },
    LIMIT_MS,
  );
}

test(
  "PostgreSQL: its host is lost without a word, and comes back",
  async () => {
    const { batchId } = await atWork(60);
    // Every part of both coordinators waits for an answer then: a connection that only waits sends nothing that could
    // be refused.
    const holder = await fleet.connect();
    await holder.query("begin; lock table pages, attempts, workers, pgboss.job in access exclusive mode");
    await waitUntil("they wait", async () => {
      const waiting = await fleet.query<{ name: string }>(
        "select application_name as name from pg_stat_activity where wait_event_type = 'Lock'",
      );
      return waiting.length >= 8;
    });
    await Bun.sleep(4_000);
    await fleet.cut("postgres");
    // Resets go into the void, as when there is no host any more.
    for (const { to, proxy } of fleet.edges) if (to === "postgres") await proxy.reset();
    await fleet.postgres.kill();
    await holder.end().catch(() => {});
    fleet.postgres.start();
    await fleet.postgres.whenUp();
    await Bun.sleep(1_000);
    await fleet.mend("postgres");
    const seconds = await storedAfter(batchId, await now());
    expect((await balancedEnd(batchId)).extract.succeeded).toBe(60);
    table.add({
      dies: "PostgreSQL (host lost without a word)",
      promised: "when it is back",
      promisedSeconds: 15,
      measuredSeconds: seconds,
      measured: "reachable again to the next shard stored",
    });
  },
  LIMIT_MS,
);

test(
  "PostgreSQL: slow, because somebody holds a lock",
  async () => {
    const { batchId } = await atWork(30);
    const holder = await fleet.connect();
    await holder.query("begin; lock table pages in access exclusive mode");
    await Bun.sleep(3_000);
    const since = await now();
    await holder.end();
    const seconds = await storedAfter(batchId, since);
    expect((await balancedEnd(batchId)).extract.succeeded).toBe(30);
    const outcomes = await fleet.query("select outcome from attempts where batch_id = $1 and outcome <> 'committed'", [
      batchId,
    ]);
    // What waits is not done twice.
    expect(outcomes.filter(({ outcome }) => outcome !== "busy")).toEqual([]);
    table.add({
      dies: "PostgreSQL (slow: a lock held for 3 s)",
      promised: "when it is back",
      promisedSeconds: 2,
      measuredSeconds: seconds,
      measured: "lock released to the next shard stored",
    });
  },
  LIMIT_MS,
);

test(
  "the answer to COMMIT is lost",
  async () => {
    const { batchId } = await atWork(24);
    const edges = fleet.coordinators.map(({ name }) => fleet.edge(name, "postgres"));
    const before = await swallowed(edges);
    for (const { proxy } of edges) await proxy.swallowCommits(2);
    await waitUntil("an answer is lost", async () => (await swallowed(edges)) > before, { everyMs: 10 });
    const seconds = await storedAfter(batchId, await now());
    const status = await balancedEnd(batchId);
    expect(status.extract).toMatchObject({ succeeded: 24, duplicate: 0, failed: 0 });
    for (const { proxy } of edges) await proxy.swallowCommits(0);
    table.add({
      dies: "the answer to COMMIT",
      promised: "at once",
      promisedSeconds: 2,
      measuredSeconds: seconds,
      measured: "answer lost to the next shard stored",
    });
  },
  LIMIT_MS,
);

async function swallowed(edges: readonly { proxy: { swallowed(): Promise<number> } }[]): Promise<number> {
  let sum = 0;
  for (const { proxy } of edges) sum += await proxy.swallowed();
  return sum;
}

test(
  "client in mid-submission",
  async () => {
    const items = itemsOf(Array.from({ length: 20 }, () => "plain"));
    const { batch } = await client(first).openBatch({ options: { classifier: "none" } });
    await client(first).appendItems(batch.batchId, items.slice(0, 12));
    // The client is gone here. What it had handed in is read; the batch stays open.
    await waitUntil("what was handed in is stored", async () => {
      const { extract } = await client(second).getBatch(batch.batchId);
      return extract.succeeded === 12;
    });
    const begun = performance.now();
    const { items: stand, state } = await client(second).getBatch(batch.batchId);
    expect({ stand, state }).toEqual({ stand: 12, state: "open" });
    await client(second).appendItems(batch.batchId, items.slice(stand));
    await client(second).sealBatch(batch.batchId, items.length);
    expect((await balancedEnd(batch.batchId)).extract.succeeded).toBe(20);
    table.add({
      dies: "client in mid-submission",
      promised: "when it submits again",
      promisedSeconds: 2,
      measuredSeconds: (performance.now() - begun) / 1000,
      measured: "asking where it stands to the batch done, through the other coordinator",
    });
  },
  LIMIT_MS,
);

for (const [how, unwilling] of [
  ["kill -9", false],
  ["answers 503", true],
] as const) {
  test.skipIf(s3Missing !== null)(
    `S3: ${how}`,
    async () => {
      const s3 = fleet.part("s3");
      const prefix = `table-${unwilling ? "503" : "killed"}/`;
      const objects = slow(60).map((kind, ordinal) => {
        const { path } = documents.item(`${kind}:${(numbers += 1)}`, ordinal);
        return { key: prefix + basename(path), path };
      });
      const signal = AbortSignal.timeout(LIMIT_MS);
      await placeObjects({ fleet, folder: scratch.path, signal }, numbers, objects);
      const { batch } = await client(first).openBatch({
        options: { classifier: "none" },
        sources: [`s3://${BUCKET}/${prefix}`],
      });
      const { batchId } = batch;
      const succeeded = async () => (await client(second).getBatch(batchId)).extract.succeeded;
      await waitUntil("something of it is stored", async () => (await succeeded()) > 0, { timeoutMs: 60_000 });
      await s3.kill();
      isUnwilling = unwilling;
      if (unwilling) s3.start();
      // What workers had read by then is stored; the rest waits, and nothing has failed.
      await waitUntil(
        "what it cannot give is put off",
        async () => {
          const [row] = await fleet.query<{ off: number }>(
            "select count(*)::int as off from items where batch_id = $1 and source_tries > 0 and extract_state = 'pending'",
            [batchId],
          );
          return (row?.off ?? 0) > 0 && (await inHand(batchId)).length === 0;
        },
        { timeoutMs: 60_000 },
      );
      expect((await client(second).getBatch(batchId)).extract.failed).toBe(0);
      await s3.kill();
      isUnwilling = false;
      s3.start();
      await s3.whenUp();
      const before = await succeeded();
      const begun = performance.now();
      await waitUntil("more of it is stored", async () => (await succeeded()) > before, { timeoutMs: 90_000 });
      const seconds = (performance.now() - begun) / 1000;
      expect((await balancedEnd(batchId)).extract).toMatchObject({ succeeded: 60, duplicate: 0, failed: 0 });
      table.add({
        dies: `S3 (${how})`,
        promised: "when it is back, by back-off of up to 5 min",
        promisedSeconds: 20,
        measuredSeconds: seconds,
        measured: "answering again, seconds after it was lost, to the next shard stored",
      });
    },
    LIMIT_MS,
  );
}

/** A batch whose labels come slowly enough to be interrupted, with some of them there. */
async function inLabelling(count: number) {
  setModel(llmFolder, "dawdle");
  const batchId = await submit(
    Array.from({ length: count }, () => "plain"),
    { classifier: "llm" },
  );
  const classified = async () => (await client(second).getBatch(batchId)).classify.classified;
  await waitUntil("something is labelled", async () => (await classified()) > 0, { timeoutMs: 60_000 });
  return { batchId, classified };
}

for (const [how, mode] of [
  ["kill -9", null],
  ["answers 503", "refuse"],
  ["takes calls and does not answer", "stall"],
] as const satisfies readonly (readonly [string, LlmMode | null])[]) {
  test(
    `LLM server: ${how}`,
    async () => {
      const llm = fleet.part("llm");
      const { batchId, classified } = await inLabelling(80);
      if (mode === null) await llm.kill();
      else setModel(llmFolder, mode);
      // Extraction goes on; what was in hand is put off, and nothing has failed.
      const givenUp = async () => {
        const { extract } = await client(second).getBatch(batchId);
        return extract.succeeded === 80 && (await inHand(batchId)).length === 0;
      };
      await waitUntil("all is read, and nobody asks any more", givenUp, { timeoutMs: 60_000 });
      expect((await client(second).getBatch(batchId)).classify.failed).toBe(0);
      setModel(llmFolder, "well");
      llm.start();
      await llm.whenUp();
      const before = await classified();
      expect(before).toBeLessThan(80);
      const begun = performance.now();
      await waitUntil("another label", async () => (await classified()) > before, { timeoutMs: 90_000 });
      const seconds = (performance.now() - begun) / 1000;
      expect((await balancedEnd(batchId)).classify).toMatchObject({ classified: 80, failed: 0 });
      table.add({
        dies: `LLM server (${how})`,
        promised: "extraction at once, labels when it is back",
        promisedSeconds: 15,
        measuredSeconds: seconds,
        measured: "answering again to the next label stored",
      });
    },
    LIMIT_MS,
  );
}

test(
  "LLM server: answers nonsense",
  async () => {
    setModel(llmFolder, "babble");
    const kinds = Array.from({ length: 10 }, () => "plain");
    const batchId = await submit(kinds, { classifier: "llm" });
    const failed = await balancedEnd(batchId);
    expect(failed).toMatchObject({ extract: { succeeded: 10 }, classify: { classified: 0, failed: 10 } });
    setModel(llmFolder, "well");
    const begun = performance.now();
    expect(await client(first).retryBatch(batchId)).toMatchObject({ retried: 10 });
    expect((await balancedEnd(batchId)).classify).toMatchObject({ classified: 10, failed: 0 });
    table.add({
      dies: "LLM server (answers nonsense)",
      promised: "labels fail by name; when they are retried",
      promisedSeconds: 5,
      measuredSeconds: (performance.now() - begun) / 1000,
      measured: "retry to all ten labels stored",
    });
  },
  LIMIT_MS,
);
