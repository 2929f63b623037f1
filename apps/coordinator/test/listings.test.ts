import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  type BatchStatus,
  fileUri,
  formatSource,
  type ShardItem,
  type SourceFilter,
  uploadSchema,
} from "@sluice/contracts";
import { tarOf, zipOf } from "@sluice/sources/make-archive";
import {
  type Metric,
  metricValue,
  parseMetrics,
  type S3Server,
  s3ServerMissing,
  startS3Server,
  type TemporaryDatabase,
  temporaryFolder,
} from "@sluice/testkit";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, failedLine, type FakeWorker, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { ADMIN, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const missing = s3ServerMissing();

let database: TemporaryDatabase;
let server: S3Server | null = null;

beforeAll(async () => {
  database = await coordinatorDatabase();
  if (missing === null) server = await startS3Server();
}, 600_000);
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const s3 = (key: string, bucket = "papers") => formatSource({ scheme: "s3", bucket, key });
const RETRY = { SLUICE_SOURCE_RETRY_SECONDS: "0.2" };

async function listed(
  coordinator: TestCoordinator,
  sources: string[],
  filter: SourceFilter = {},
): Promise<BatchStatus> {
  const { batchId } = await coordinator.open({}, { sources, filter });
  return await coordinator.ended(batchId);
}

async function scrape(coordinator: TestCoordinator): Promise<Map<string, Metric>> {
  return parseMetrics(await (await coordinator.request("GET", "/metrics")).text());
}

async function urisOf(coordinator: TestCoordinator, batchId: string): Promise<string[]> {
  const rows = await coordinator.sql("select uri from items where batch_id = $1 order by ordinal", [batchId]);
  return rows.map((row) => row.uri);
}

describe.skipIf(missing !== null)(`s3${missing === null ? "" : ` (${missing})`}`, () => {
  let coordinator: TestCoordinator;
  let worker: FakeWorker;
  const bucket = () => server as S3Server;
  /** As a worker does, which reads the version that is there. */
  const versions = new Map<string, string>();
  beforeAll(async () => {
    coordinator = await startTestCoordinator(database.databaseUrl, { ...bucket().environment, ...RETRY });
    worker = await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        documentLine(item, request, { sourceVersion: versions.get(item.uri) ?? "1:1" }),
      ),
    });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await coordinator[Symbol.asyncDispose]();
  });

  test("a prefix becomes a batch that seals itself; a second look finds it unchanged, and what was replaced not", async () => {
    const keys = ["set/b&c <x>.pdf", "set/d/é 日.pdf", "set/a.pdf", "set/z%.pdf"];
    for (const key of keys) await bucket().bucket().write(key, `bytes of ${key}`);
    const note = async () => {
      for (const key of keys) {
        const { etag } = await bucket().bucket().stat(key);
        versions.set(s3(key), `etag:${etag.replaceAll('"', "")}`);
      }
    };
    await note();
    const first = await listed(coordinator, [s3("set/")]);
    expect(first).toMatchObject({
      state: "done",
      items: 4,
      extract: { succeeded: 4 },
      listing: { state: "done", sources: 1, done: 1, failed: 0, filtered: 0, problemCount: 0, waiting: null },
    });
    const inOrder = [...keys].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    expect(await urisOf(coordinator, first.batchId)).toEqual(inOrder.map((key) => s3(key)));
    expect((await listed(coordinator, [s3("set/")])).extract).toMatchObject({ unchanged: 4 });
    await bucket().bucket().write("set/a.pdf", "other bytes");
    await note();
    expect((await listed(coordinator, [s3("set/")])).extract).toMatchObject({ unchanged: 3, duplicate: 1 });
    expect((await coordinator.audit(first.batchId)).balanced).toBe(true);
  });

  test("one object, a folder without its slash, several sources in their order, filters", async () => {
    for (const key of ["two/x.pdf", "two/y.txt", "two/deep/z.pdf", "twofold.pdf"])
      await bucket().bucket().write(key, key);
    const found = async (sources: string[], filter: SourceFilter = {}) =>
      (await urisOf(coordinator, (await listed(coordinator, sources, filter)).batchId)).map((uri) =>
        uri.replace("s3://papers/", ""),
      );
    expect(await found([s3("two/x.pdf")])).toEqual(["two/x.pdf"]);
    expect(await found([s3("two")])).toEqual(["two/deep/z.pdf", "two/x.pdf", "two/y.txt"]);
    expect(await found([s3("twofold.pdf"), s3("two/")])).toEqual([
      "twofold.pdf",
      "two/deep/z.pdf",
      "two/x.pdf",
      "two/y.txt",
    ]);
    expect(await found([s3("two/")], { include: ["*.pdf"] })).toEqual(["two/deep/z.pdf", "two/x.pdf"]);
    expect(await found([s3("two/")], { include: ["*.pdf"], exclude: ["deep/**"] })).toEqual(["two/x.pdf"]);
    const filtered = await listed(coordinator, [s3("two/")], { minBytes: 10 });
    expect(filtered).toMatchObject({ items: 1, listing: { filtered: 2 } });
  });

  test("archives are expanded behind the objects; what is wrong inside of one is told", async () => {
    const zip = zipOf([{ name: "in/m.pdf" }, { name: "in/n.txt" }, { name: "../up.pdf" }, { name: "deep.zip" }]);
    await bucket().bucket().write("arc/b.zip", zip);
    await bucket()
      .bucket()
      .write("arc/a.tar.gz", gzipSync(await tarOf([{ name: "t.pdf" }])));
    await bucket().bucket().write("arc/broken.zip", "no archive");
    await bucket().bucket().write("arc/c.pdf", "c");
    const batch = await listed(coordinator, [s3("arc/")], { include: ["*.pdf", "*.zip"] });
    expect(await urisOf(coordinator, batch.batchId)).toEqual([
      s3("arc/c.pdf"),
      `${s3("arc/a.tar.gz")}#/t.pdf`,
      `${s3("arc/b.zip")}#/in/m.pdf`,
      // Inside of an archive another one is a document like any other: nothing is nested twice.
      `${s3("arc/b.zip")}#/deep.zip`,
    ]);
    expect(batch.listing).toMatchObject({
      state: "failed",
      sources: 4,
      done: 3,
      failed: 1,
      filtered: 1,
      problemCount: 2,
    });
    expect(batch.listing?.problems).toMatchObject([
      { uri: s3("arc/broken.zip"), code: "ARCHIVE_INVALID" },
      { uri: `${s3("arc/b.zip")}#/../up.pdf`, code: "SOURCE_NOT_ALLOWED" },
    ]);
    const whole = await listed(coordinator, [s3("arc/b.zip")], { expandArchives: false });
    expect(await urisOf(coordinator, whole.batchId)).toEqual([s3("arc/b.zip")]);
  });

  test("what cannot be listed ends with its name, and the batch does not look complete", async () => {
    const before = await scrape(coordinator);
    const batch = await listed(coordinator, [s3("x/", "no-such-bucket"), s3("set/"), s3("nothing/here/")]);
    expect(batch).toMatchObject({ state: "done", items: 4, listing: { state: "failed", done: 1, failed: 2 } });
    expect(batch.listing?.problems.map((problem) => problem.code)).toEqual(["SOURCE_NOT_FOUND", "SOURCE_NOT_FOUND"]);
    const after = await scrape(coordinator);
    const grown = (name: string, labels: Record<string, string> = {}) =>
      metricValue(after, name, labels) - metricValue(before, name, labels);
    expect([
      grown("sluice_listings_total", { outcome: "done" }),
      grown("sluice_listings_total", { outcome: "failed" }),
      grown("sluice_listing_items_total"),
      grown("sluice_listing_pages_total"),
    ]).toEqual([1, 2, 4, 1]);
  });

  test("a server that is down is waited for, and the listing goes on when it is back", async () => {
    await bucket().kill();
    const { batchId } = await coordinator.open({}, { sources: [s3("set/")] });
    const waiting = await waitUntil(async () => (await coordinator.status(batchId)).listing?.waiting ?? null);
    expect(waiting).toMatchObject({ uri: s3("set/"), code: "SOURCE_UNAVAILABLE" });
    expect((await coordinator.status(batchId)).state).toBe("open");
    // What is known of the database is remembered for a moment.
    const metrics = await waitUntil(async () => {
      const now = await scrape(coordinator);
      return metricValue(now, "sluice_listing_sources_failing") === 1 && now;
    });
    expect(metricValue(metrics, "sluice_listing_sources_pending")).toBe(1);
    expect(metricValue(metrics, "sluice_listing_oldest_seconds")).toBeGreaterThan(0);
    expect(metricValue(metrics, "sluice_listing_retries_total")).toBeGreaterThan(0);
    await bucket().start();
    expect(await coordinator.ended(batchId)).toMatchObject({
      items: 4,
      listing: { state: "done", failed: 0, waiting: null },
    });
  });

  test("a cancel ends a listing; a client can neither add to it nor seal it", async () => {
    await bucket().kill();
    const { batchId } = await coordinator.open({}, { sources: [s3("set/")] });
    const refusedAppend = await coordinator.request(
      "POST",
      `/v1/batches/${batchId}/items`,
      JSON.stringify({ ordinal: 0, uri: "file:///x", sizeBytes: 1, sourceVersion: "1" }),
    );
    expect(refusedAppend.status).toBe(409);
    expect((await coordinator.request("POST", `/v1/batches/${batchId}/seal`, { items: 0 })).status).toBe(409);
    await coordinator.json("POST", `/v1/batches/${batchId}/cancel`);
    await bucket().start();
    expect(await coordinator.ended(batchId)).toMatchObject({ state: "cancelled", items: 0 });
    const again = await listed(coordinator, [s3("set/")]);
    expect(again.items).toBe(4);
    expect((await coordinator.status(batchId)).items).toBe(0);
  });

  test("a coordinator that was frozen past its lease appends nothing to what another has gone on with", async () => {
    await using own = await coordinatorDatabase();
    bucket().place(
      Array.from({ length: 2_500 }, (_, index) => `frozen/${String(index).padStart(4, "0")}`),
      "ice",
    );
    await using coordinator = await startTestCoordinator(own.databaseUrl, { ...bucket().environment, ...RETRY });
    await using reader = await startFakeWorker(coordinator);
    expect(reader.id).not.toBe("");
    const frozen = await spawnCoordinator(own.databaseUrl, { ...bucket().environment, ...RETRY });
    const { batchId } = await coordinator.open({}, { sources: Array.from({ length: 8 }, () => s3("frozen/", "ice")) });
    for (let tries = 0; tries < 12; tries += 1) {
      process.kill(frozen.pid, "SIGSTOP");
      await coordinator.sql("update listings set leased_until = now() where holder is not null");
      await Bun.sleep(40);
      process.kill(frozen.pid, "SIGCONT");
      await Bun.sleep(20);
    }
    const batch = await waitUntil(async () => {
      const now = await coordinator.status(batchId);
      return now.state === "open" ? null : now;
    }, 50_000);
    expect(batch).toMatchObject({ items: 20_000, listing: { state: "done", sources: 8 } });
    const [doubled] = await coordinator.sql(
      "select max(n)::int as most, min(n)::int as least from (select count(*) as n from items where batch_id = $1 group by uri) u",
      [batchId],
    );
    expect(doubled).toEqual({ most: 8, least: 8 });
    await frozen[Symbol.asyncDispose]();
  });

  test("killed at any moment, coordinators list each object once", async () => {
    await using own = await coordinatorDatabase();
    const keys = Array.from({ length: 6_500 }, (_, index) => `many/${String(index).padStart(5, "0")}`);
    bucket().place([...keys, "one.pdf"], "mass");
    const env = { ...bucket().environment, ...RETRY };
    const start = () => spawnCoordinator(own.databaseUrl, env);
    let current = await start();
    let reader = await startFakeWorker(current, { slots: 4 });
    const { batchId } = await current.open({}, { sources: [s3("many/", "mass"), s3("one.pdf", "mass")] });
    for (let kills = 0; kills < 4; kills += 1) {
      const before = (await current.status(batchId)).items;
      await waitUntil(async () => {
        const now = await current.status(batchId);
        return now.items > before || now.state !== "open";
      });
      await Bun.sleep(kills * 7);
      current.kill();
      await reader[Symbol.asyncDispose]();
      await current[Symbol.asyncDispose]();
      current = await start();
      reader = await startFakeWorker(current, { slots: 4 });
      // What a dead one held is anybody's after its lease, which need not be waited for.
      await current.sql("update listings set leased_until = now() where holder is not null");
    }
    const batch = await waitUntil(async () => {
      const now = await current.status(batchId);
      return now.state === "open" ? null : now;
    }, 60_000);
    expect(batch).toMatchObject({ items: 6_501, listing: { state: "done", sources: 2, done: 2 } });
    expect(await urisOf(current, batchId)).toEqual([...keys, "one.pdf"].map((key) => s3(key, "mass")));
    await reader[Symbol.asyncDispose]();
    await current[Symbol.asyncDispose]();
  });
});

describe("other sources", () => {
  test("files below the roots of a coordinator, links out of them not; none without roots", async () => {
    using folder = temporaryFolder();
    const root = join(folder.path, "root");
    mkdirSync(join(root, "sub"), { recursive: true });
    for (const name of ["a.pdf", "sub/b.pdf", "sub/c.txt"]) writeFileSync(join(root, name), name);
    writeFileSync(join(root, "d.zip"), zipOf([{ name: "m.pdf" }]));
    writeFileSync(join(folder.path, "secret.pdf"), "secret");
    symlinkSync(join(folder.path, "secret.pdf"), join(root, "escape.pdf"));
    await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_FILE_ROOTS: root });
    await using worker = await startFakeWorker(coordinator);
    expect(worker.id).not.toBe("");
    const batch = await listed(coordinator, [fileUri(root)], { exclude: ["*.txt"] });
    expect(await urisOf(coordinator, batch.batchId)).toEqual([
      fileUri(join(root, "a.pdf")),
      fileUri(join(root, "sub/b.pdf")),
      `${fileUri(join(root, "d.zip"))}#/m.pdf`,
    ]);
    expect(batch.listing).toMatchObject({ state: "done", problemCount: 1, problems: [{ code: "SOURCE_NOT_ALLOWED" }] });
    const outside = await listed(coordinator, [
      fileUri(folder.path),
      fileUri("/no/such/place"),
      fileUri(join(root, "nope")),
    ]);
    expect(outside.listing?.problems.map((problem) => problem.code)).toEqual([
      "SOURCE_NOT_ALLOWED",
      "SOURCE_NOT_ALLOWED",
      "SOURCE_NOT_FOUND",
    ]);
    await using unconfigured = await startTestCoordinator(database.databaseUrl);
    await coordinator.app.stop();
    const refused = await listed(unconfigured, [fileUri(root), s3("x"), "https://example.org/a.pdf"]);
    expect(refused.listing?.problems.map((problem) => problem.code)).toEqual(Array(3).fill("SOURCE_NOT_ALLOWED"));
  });

  test("http: one document, and the members of an archive by ranges", async () => {
    // A small one is read as a whole.
    const zip = zipOf([{ name: "m.pdf", bytes: Buffer.alloc(1 << 20), method: 0 }, { name: "n.pdf" }]);
    let ranges = 0;
    await using web = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: (request) => {
        const { pathname } = new URL(request.url);
        if (pathname === "/a%20b.pdf") return new Response("abc", { headers: { etag: '"v1"' } });
        if (pathname !== "/z.zip") return new Response(null, { status: 404 });
        const [, start = "0", end = ""] = /bytes=(\d+)-(\d+)/.exec(request.headers.get("range") ?? "") ?? [];
        const headers = { etag: '"z"', "content-range": `bytes ${start}-${end}/${zip.length}` };
        if (end === "") return new Response(zip, { headers });
        ranges += 1;
        return new Response(zip.subarray(Number(start), Number(end) + 1), { status: 206, headers });
      },
    });
    const at = `127.0.0.1:${web.port}`;
    await using coordinator = await startTestCoordinator(database.databaseUrl, {
      SLUICE_HTTP_HOSTS: at,
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
    });
    await using worker = await startFakeWorker(coordinator);
    expect(worker.id).not.toBe("");
    const batch = await listed(coordinator, [
      `http://${at}/a b.pdf#frag`,
      `http://${at}/z.zip`,
      `http://${at}/none.pdf`,
    ]);
    expect(await urisOf(coordinator, batch.batchId)).toEqual([
      `http://${at}/a%20b.pdf`,
      `http://${at}/z.zip#/m.pdf`,
      `http://${at}/z.zip#/n.pdf`,
    ]);
    const [first] = await coordinator.sql(
      "select source_version, size_bytes from items where batch_id = $1 and ordinal = 0",
      [batch.batchId],
    );
    expect(first).toMatchObject({ size_bytes: "3" });
    expect(batch.listing).toMatchObject({ failed: 1, problems: [{ code: "SOURCE_NOT_FOUND" }] });
    expect(ranges).toBeGreaterThan(0);
  });

  test("many single addresses are looked up a few of each host at a time, and are items in their order", async () => {
    const each = 400;
    const flying = [0, 0];
    const most = [0, 0];
    const asked = new Map<string, number>();
    const serve = (host: number) =>
      Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        fetch: async (request) => {
          flying[host] = (flying[host] ?? 0) + 1;
          most[host] = Math.max(most[host] ?? 0, flying[host]);
          asked.set(request.url, (asked.get(request.url) ?? 0) + 1);
          await Bun.sleep(5);
          flying[host] -= 1;
          return new Response(null, { headers: { etag: '"v"', "content-length": "3" } });
        },
      });
    await using left = serve(0);
    await using right = serve(1);
    const hosts = [left, right].map((server) => `127.0.0.1:${server.port}`);
    await using coordinator = await startTestCoordinator(database.databaseUrl, {
      SLUICE_HTTP_HOSTS: hosts.join(","),
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
    });
    await using _worker = await startFakeWorker(coordinator);
    const sources = Array.from({ length: 2 * each }, (_, index) => `http://${hosts[index % 2]}/${index}.pdf`);
    const batch = await listed(coordinator, sources, { exclude: ["7.pdf"] });
    expect(batch.listing).toMatchObject({ state: "done", sources: 2 * each, done: 2 * each, filtered: 1, failed: 0 });
    expect(await urisOf(coordinator, batch.batchId)).toEqual(sources.filter((source) => !source.endsWith("/7.pdf")));
    expect(new Set(asked.values())).toEqual(new Set([1]));
    expect(asked.size).toBe(2 * each);
    for (const highest of most) {
      expect(highest).toBeGreaterThan(4);
      expect(highest).toBeLessThanOrEqual(8);
    }
    expect((await coordinator.audit(batch.batchId)).balanced).toBe(true);
  });

  test("an address that does not answer holds up none behind it, and is taken in when it does", async () => {
    let down = true;
    await using web = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: (request) =>
        new Response(null, { status: down && request.url.endsWith("/1.pdf") ? 503 : 200, headers: { etag: '"v"' } }),
    });
    const at = `127.0.0.1:${web.port}`;
    await using coordinator = await startTestCoordinator(database.databaseUrl, {
      SLUICE_HTTP_HOSTS: at,
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
      ...RETRY,
    });
    await using _worker = await startFakeWorker(coordinator);
    const sources = [0, 1, 2, 3].map((name) => `http://${at}/${name}.pdf`);
    const { batchId } = await coordinator.open({}, { sources: [...sources, `http://${at}/none.zip`] });
    const waiting = await waitUntil(async () => {
      const now = await coordinator.status(batchId);
      return now.items === 3 && now.listing?.waiting ? now : null;
    });
    expect(waiting).toMatchObject({
      state: "open",
      listing: { waiting: { uri: sources[1], code: "SOURCE_UNAVAILABLE" } },
    });
    down = false;
    expect(await coordinator.ended(batchId)).toMatchObject({
      items: 4,
      listing: { done: 4, failed: 1, waiting: null },
    });
    expect(await urisOf(coordinator, batchId)).toEqual([0, 2, 3, 1].map((name) => `http://${at}/${name}.pdf`));
  });

  test("killed at any moment, coordinators take each single address in once", async () => {
    await using own = await coordinatorDatabase();
    await using web = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async () => {
        await Bun.sleep(10);
        return new Response(null, { headers: { etag: '"v"', "content-length": "3" } });
      },
    });
    const at = `127.0.0.1:${web.port}`;
    const env = { SLUICE_HTTP_HOSTS: at, SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1", ...RETRY };
    const sources = Array.from({ length: 2_000 }, (_, index) => `http://${at}/${index}.pdf`);
    let current = await spawnCoordinator(own.databaseUrl, env);
    await using scope = new AsyncDisposableStack();
    scope.defer(async () => await current[Symbol.asyncDispose]());
    // Its build is what a batch gets; only then it is away.
    const first = await startFakeWorker(current);
    const { batchId } = await current.open({}, { sources });
    await first[Symbol.asyncDispose]();
    for (let kills = 0; kills < 4; kills += 1) {
      const before = (await current.status(batchId)).items;
      await waitUntil(async () => {
        const now = await current.status(batchId);
        return now.items > before || now.state !== "open";
      });
      await Bun.sleep(kills * 30);
      current.kill();
      await current[Symbol.asyncDispose]();
      current = await spawnCoordinator(own.databaseUrl, env);
      await current.sql("update listings set leased_until = now() where holder is not null");
    }
    scope.use(await startFakeWorker(current));
    const batch = await waitUntil(async () => {
      const now = await current.status(batchId);
      return now.state === "open" ? null : now;
    }, 50_000);
    expect(batch).toMatchObject({ items: 2_000, listing: { state: "done", done: 2_000 } });
    expect(await urisOf(current, batchId)).toEqual(sources);
  });

  test("uploads: an archive is looked into where it is kept, and its members come with links", async () => {
    using folder = temporaryFolder();
    await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_BLOBS: folder.path });
    await using worker = await startFakeWorker(coordinator);
    const zip = zipOf([{ name: "m.pdf" }, { name: "n.pdf" }]);
    const upload = async (name: string, body: Buffer) => {
      const headers = { authorization: `Bearer ${ADMIN}` };
      const response = await fetch(`${coordinator.url}/v1/uploads?name=${name}`, { method: "POST", headers, body });
      return uploadSchema.parse(await response.json());
    };
    const archive = await upload("box.zip", zip);
    const single = await upload("one.pdf", Buffer.from("one"));
    const gone = formatSource({ scheme: "upload", contentHash: "ab".repeat(32), name: "gone.pdf" });
    const batch = await listed(coordinator, [single.uri, archive.uri, gone]);
    expect(await urisOf(coordinator, batch.batchId)).toEqual([
      single.uri,
      `${archive.uri}#/m.pdf`,
      `${archive.uri}#/n.pdf`,
    ]);
    expect(batch).toMatchObject({ items: 3, listing: { failed: 1, problems: [{ code: "SOURCE_NOT_FOUND" }] } });
    const sent = worker.requests.flatMap(({ items }) => items);
    expect(sent.every(({ fetchUrl }) => fetchUrl?.startsWith("/v1/blobs/") === true)).toBe(true);
  });

  test("a batch that is continued while it lists hands on what is left of its sources, from where they stand", async () => {
    using folder = temporaryFolder();
    for (const name of ["first/a.pdf", "first/b.txt", "last/a.pdf", "last/b.pdf", "last/c.txt"]) {
      mkdirSync(join(folder.path, name, ".."), { recursive: true });
      writeFileSync(join(folder.path, name), name);
    }
    // As long as the address is waited for, nothing behind it is listed.
    const answers = Promise.withResolvers<void>();
    await using web = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async () => {
        await answers.promise;
        return new Response("abc", { headers: { etag: '"v"' } });
      },
    });
    const at = `127.0.0.1:${web.port}`;
    await using own = await coordinatorDatabase();
    await using coordinator = await startTestCoordinator(own.databaseUrl, {
      ...RETRY,
      SLUICE_FILE_ROOTS: folder.path,
      SLUICE_HTTP_HOSTS: at,
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
    });
    const classifiers = ["rules@1"];
    const old = await startFakeWorker(coordinator, { engineVersion: "old-1", classifiers, slots: 1 });
    const uriOf = (name: string) => fileUri(join(folder.path, name));
    const { batchId } = await coordinator.open(
      {},
      { sources: [uriOf("first"), `http://${at}/x.pdf`, uriOf("last")], filter: { exclude: ["*.txt"] } },
    );
    await waitUntil(async () => (await coordinator.status(batchId)).listing?.done === 1);
    await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded === 1);
    await old[Symbol.asyncDispose]();
    // As a coordinator leaves it that dies in the middle of the last one.
    await coordinator.sql("update listings set cursor = $2 where batch_id = $1 and number = 2", [
      batchId,
      JSON.stringify({ after: uriOf("last/a.pdf") }),
    ]);
    await using worker = await startFakeWorker(coordinator, { engineVersion: "new-2", classifiers });
    const answer = await coordinator.json("POST", `/v1/batches/${batchId}/continue`);
    expect(answer).toMatchObject({ continues: batchId, moved: 0, batch: { state: "open" } });
    answers.resolve();
    const heir = await coordinator.ended(answer.batch.batchId);
    expect(await coordinator.status(batchId)).toMatchObject({
      state: "cancelled",
      continuedBy: heir.batchId,
      items: 1,
    });
    expect(await urisOf(coordinator, heir.batchId)).toEqual([`http://${at}/x.pdf`, uriOf("last/b.pdf")]);
    expect(heir).toMatchObject({ state: "done", extract: { succeeded: 2 }, listing: { state: "done", sources: 2 } });
    expect(worker.requests.every((request) => request.engineVersion === "new-2")).toBe(true);
    for (const each of [batchId, heir.batchId]) expect((await coordinator.audit(each)).balanced).toBe(true);
  });

  test("what is no source is refused before anything is opened", async () => {
    await using coordinator = await startTestCoordinator(database.databaseUrl);
    await using worker = await startFakeWorker(coordinator);
    expect(worker.id).not.toBe("");
    for (const source of ["/etc/passwd", "ftp://host/x", "https://u:p@host/x", "s3://", "file:///a.zip#/m"]) {
      const response = await coordinator.request("POST", "/v1/batches", { sources: [s3("ok"), source] });
      expect([source, response.status]).toEqual([source, 400]);
      expect(await response.text()).toContain("sources[1]");
    }
  });
});

describe("an item whose source does not answer", () => {
  test("stays pending, is tried again later, and is read when the source is back", async () => {
    await using coordinator = await startTestCoordinator(database.databaseUrl, RETRY);
    let down = true;
    const tried = new Map<string, number>();
    await using worker = await startFakeWorker(coordinator, {
      answer: answerAll((item: ShardItem, request) => {
        tried.set(item.uri, (tried.get(item.uri) ?? 0) + 1);
        return down && item.ordinal % 2 === 0 ? failedLine(item, "SOURCE_UNAVAILABLE") : documentLine(item, request);
      }),
    });
    expect(worker.id).not.toBe("");
    const items = Array.from({ length: 6 }, (_, ordinal) => ({
      ordinal,
      uri: `s3://papers/off-${ordinal}`,
      sizeBytes: 10,
      sourceVersion: "v",
    }));
    const batchId = await coordinator.submit(items);
    await waitUntil(() => (tried.get("s3://papers/off-0") ?? 0) >= 2);
    expect(await coordinator.status(batchId)).toMatchObject({
      state: "sealed",
      extract: { succeeded: 3, pending: 3, failed: 0 },
    });
    expect((await coordinator.audit(batchId)).balanced).toBe(true);
    down = false;
    expect(await coordinator.ended(batchId)).toMatchObject({ extract: { succeeded: 6, failed: 0 } });
    // The others were not read again for it.
    expect(tried.get("s3://papers/off-1")).toBe(1);
    expect((await coordinator.audit(batchId)).balanced).toBe(true);
  });

  test("fails in the end, by that name, and can be retried", async () => {
    await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_SOURCE_RETRY_SECONDS: "0.01" });
    let down = true;
    await using worker = await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        down ? failedLine(item, "SOURCE_UNAVAILABLE") : documentLine(item, request),
      ),
    });
    expect(worker.id).not.toBe("");
    const batchId = await coordinator.submit([
      { ordinal: 0, uri: "s3://papers/never", sizeBytes: 10, sourceVersion: "v" },
    ]);
    await waitUntil(async () => {
      const [row] = await coordinator.sql(
        "update items set source_tries = 24 where batch_id = $1 and source_tries > 1 returning 1",
        [batchId],
      );
      return row !== undefined;
    });
    expect(await coordinator.ended(batchId)).toMatchObject({ state: "done", extract: { failed: 1 } });
    down = false;
    await coordinator.json("POST", `/v1/batches/${batchId}/retry`, { codes: ["SOURCE_UNAVAILABLE"] });
    expect(await coordinator.ended(batchId)).toMatchObject({ extract: { succeeded: 1 } });
  });
});
