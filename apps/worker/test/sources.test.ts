import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileUri, formatSource, memberUri, type ShardItem } from "@sluice/contracts";
import { tarOf, zipOf } from "@sluice/sources/make-archive";
import { type S3Server, s3ServerMissing, startS3Server } from "@sluice/testkit";
import { briefly as brieflyOf, type ReadItem, WorkerProcess } from "./worker-process.ts";

const missing = s3ServerMissing();

function itemsOf(uris: readonly string[]): ShardItem[] {
  return uris.map((uri, ordinal) => ({ ordinal, uri, sizeBytes: 10, knownHashes: [] }));
}

/** The documents of these tests begin with a word that is no order to the extractor. */
const briefly = (items: readonly ReadItem[]) => brieflyOf(items).map((line) => line.replace(" text ", " "));

const s3 = (key: string, bucket = "papers") => formatSource({ scheme: "s3", bucket, key });

describe.skipIf(missing !== null)(`s3${missing === null ? "" : ` (${missing})`}`, () => {
  let server: S3Server;
  let worker: WorkerProcess;
  beforeAll(async () => {
    server = await startS3Server();
    worker = await WorkerProcess.start({ ...server.environment, SLUICE_S3_BUCKETS: "papers,gone" });
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test("objects are read by their names, whatever these are, with their ETag as version", async () => {
    const keys = [
      "a b.pdf",
      "a&b<c>.pdf",
      "é日𝄞.pdf",
      "100%.pdf",
      "p+q.pdf",
      "q?u#e.pdf",
      "'\".pdf",
      "d/x~y_(1)!*.pdf",
    ];
    for (const key of keys) await server.bucket().write(key, `text ${key}`);
    const { items } = await worker.run(itemsOf(keys.map((key) => s3(key))));
    expect(briefly(items)).toEqual(keys.map((key, ordinal) => `${ordinal} ${key}`));
    const stat = await server.bucket().stat("a b.pdf");
    expect(items[0]).toMatchObject({ sourceVersion: `etag:${stat.etag.replaceAll('"', "")}`, sizeBytes: 12 });
  });

  test("what cannot be had has a name", async () => {
    await server.bucket().write("big", "x".repeat(1_001));
    await server.bucket().write("empty", "");
    const uris = [s3("missing"), s3("x", "gone"), s3("x", "secret"), s3("big"), s3("empty"), s3("a/../b")];
    const { items } = await worker.run(itemsOf(uris), { extract: { maxDocumentBytes: 1_000 } });
    expect(briefly(items)).toEqual([
      "0 failed SOURCE_NOT_FOUND",
      "1 failed SOURCE_NOT_FOUND",
      "2 failed SOURCE_NOT_ALLOWED",
      "3 failed SOURCE_TOO_LARGE",
      "4 failed EMPTY_FILE",
      "5 failed SOURCE_UNREADABLE",
    ]);
  });

  test("members of archives are read by ranges, and in one pass where they are packed together", async () => {
    const parts = Array.from({ length: 20 }, (_, index) => ({
      name: `m${index}.pdf`,
      bytes: Buffer.from(`text ${index}`),
    }));
    await server.bucket().write("in.zip", zipOf(parts));
    await server.bucket().write("in.tgz", gzipSync(await tarOf(parts)));
    for (const archive of ["in.zip", "in.tgz"]) {
      const { items } = await worker.run(itemsOf(parts.map((part) => memberUri(s3(archive), part.name))));
      expect(briefly(items)).toEqual(parts.map((_, index) => `${index} ${index}`));
    }
    await server.bucket().write("in.zip", zipOf([{ name: "m0.pdf", bytes: Buffer.from("text new") }]));
    const { items } = await worker.run(itemsOf([memberUri(s3("in.zip"), "m0.pdf"), memberUri(s3("in.zip"), "m1.pdf")]));
    expect(briefly(items)).toEqual(["0 new", "1 failed SOURCE_NOT_FOUND"]);
  });

  test("a server that is gone is named, and used again when it is back", async () => {
    await server.bucket().write("later.pdf", "text later");
    await server.kill();
    const { items } = await worker.run(itemsOf([s3("later.pdf"), s3("later.pdf")]));
    expect(briefly(items)).toEqual(["0 failed SOURCE_UNAVAILABLE", "1 failed SOURCE_UNAVAILABLE"]);
    await server.start();
    let last: string[] = [];
    for (let tries = 0; tries < 100 && last[0] !== "0 later"; tries += 1) {
      last = briefly((await worker.run(itemsOf([s3("later.pdf")]))).items);
      await Bun.sleep(100);
    }
    expect(last).toEqual(["0 later"]);
  });
});

describe("archives on disk", () => {
  test("members are read in any order; what is wrong with one is not the others' affair", async () => {
    await using worker = await WorkerProcess.start();
    const parts = Array.from({ length: 50 }, (_, index) => ({
      name: `d/m ${index}.pdf`,
      bytes: Buffer.from(`text ${index}`),
    }));
    const zip = join(worker.folder, "a.zip");
    const tar = join(worker.folder, "a.tar");
    writeFileSync(zip, zipOf([...parts, { name: "locked.pdf", flags: 0x801 }, { name: "bad.pdf", checksum: 1 }]));
    writeFileSync(tar, await tarOf(parts));
    for (const path of [zip, tar]) {
      const order = parts.map((_, index) => (index * 7) % 50);
      const uris = order.map((index) => memberUri(fileUri(path), `d/m ${index}.pdf`));
      expect(briefly((await worker.run(itemsOf(uris))).items)).toEqual(order.map((index, at) => `${at} ${index}`));
    }
    const names = ["locked.pdf", "bad.pdf", "missing.pdf", "d/m 1.pdf"];
    const { items } = await worker.run(itemsOf(names.map((name) => memberUri(fileUri(zip), name))));
    expect(briefly(items)).toEqual([
      "0 failed UNSUPPORTED_ENCRYPTION",
      "1 failed ARCHIVE_INVALID",
      "2 failed SOURCE_NOT_FOUND",
      "3 1",
    ]);
  });

  test("an archive that is replaced is read anew; one outside of the roots is not", async () => {
    await using worker = await WorkerProcess.start();
    const path = join(worker.folder, "a.zip");
    writeFileSync(path, zipOf([{ name: "m", bytes: Buffer.from("text old") }]));
    expect(briefly((await worker.run(itemsOf([memberUri(fileUri(path), "m")]))).items)).toEqual(["0 old"]);
    writeFileSync(`${path}.new`, zipOf([{ name: "m", bytes: Buffer.from("text new one") }]));
    renameSync(`${path}.new`, path);
    expect(briefly((await worker.run(itemsOf([memberUri(fileUri(path), "m")]))).items)).toEqual(["0 new one"]);
    const folder = join(worker.folder, "allowed");
    mkdirSync(folder);
    await using confined = await WorkerProcess.start({ SLUICE_FILE_ROOTS: folder });
    expect(briefly((await confined.run(itemsOf([memberUri(fileUri(path), "m")]))).items)).toEqual([
      "0 failed SOURCE_NOT_ALLOWED",
    ]);
  });
});

describe("uploads", () => {
  const sha256 = (bytes: Uint8Array) => new Bun.CryptoHasher("sha256").update(bytes).digest("hex");

  test("are read by the link that came with the item, whole or member by member, and must be what was uploaded", async () => {
    await using worker = await WorkerProcess.start();
    const zip = zipOf([{ name: "m.pdf", bytes: Buffer.from("text packed") }, { name: "n.pdf" }]);
    const uri = formatSource({ scheme: "upload", contentHash: sha256(zip), name: "a.zip" });
    worker.coordinator.blob = zip;
    const at = (over: Partial<ShardItem>, ordinal: number): ShardItem => ({
      ordinal,
      uri,
      sizeBytes: 10,
      knownHashes: [],
      ...over,
    });
    const link = { fetchUrl: "/v1/blobs/x?signature=y" };
    const { items } = await worker.run([
      at({ ...link }, 0),
      at({ ...link, uri: memberUri(uri, "m.pdf") }, 1),
      at({ fetchUrl: `${worker.coordinator.url}${link.fetchUrl}`, uri: memberUri(uri, "n.pdf") }, 2),
      at({}, 3),
      at({ ...link, uri: uri.replace(/[0-9a-f]{64}/, "ab".repeat(32)) }, 4),
      at({ fetchUrl: `${worker.coordinator.url}/nowhere` }, 5),
    ]);
    expect(items[0]).toMatchObject({ sourceVersion: `sha256:${sha256(zip)}`, contentHash: sha256(zip) });
    expect(briefly(items).slice(1)).toEqual([
      "1 packed",
      "2 x",
      "3 failed SOURCE_NOT_ALLOWED",
      "4 failed SOURCE_CHANGED",
      "5 failed SOURCE_NOT_FOUND",
    ]);
  });
});

describe("http, attacked", () => {
  test("a running worker reaches what it may, and nothing behind it", async () => {
    const asked: string[] = [];
    await using inside = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: (request) => {
        asked.push(new URL(request.url).pathname);
        return new Response("text secret");
      },
    });
    await using outside = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: (request) => {
        const to = new URL(request.url).searchParams.get("to");
        if (to !== null) return new Response(null, { status: 302, headers: { location: to } });
        return new Response("text public", { headers: { etag: '"1"' } });
      },
    });
    // 127.0.0.1 stands for the open internet here; every other address of the machine for what lies inside.
    await using worker = await WorkerProcess.start({
      SLUICE_HTTP_HOSTS: `127.0.0.1:${outside.port},localhost:${inside.port},*`,
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1/32",
    });
    const within = `http://127.0.0.1:${outside.port}`;
    const via = (to: string) => `${within}/?to=${encodeURIComponent(to)}`;
    const port = inside.port;
    const uris = [
      `${within}/a.pdf`,
      via("/again.pdf"),
      ...[
        `http://127.0.0.1:${port}/x`,
        `http://127.0.0.2:${outside.port}/x`,
        `http://[::1]:${port}/x`,
        `http://[::]:${port}/x`,
        `http://[::ffff:127.0.0.1]:${port}/x`,
        `http://2130706433:${port}/x`,
        `http://0x7f.0.0.1:${port}/x`,
        `http://0177.0.0.1:${port}/x`,
        `http://127.1:${port}/x`,
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://100.100.100.200/",
        "http://0.0.0.0/",
      ].flatMap((uri) => [uri, via(uri)]),
      `http://user:secret@127.0.0.1:${outside.port}/a.pdf`,
      "ftp://127.0.0.1/x",
      "gopher://127.0.0.1/x",
      via("file:///etc/passwd"),
      via("s3://papers/x"),
    ];
    const { items } = await worker.run(itemsOf(uris));
    const outcomes = briefly(items).map((line) => line.replace(/^\d+ /, ""));
    expect(outcomes.slice(0, 2)).toEqual(["public", "public"]);
    for (const [index, outcome] of outcomes.entries()) {
      if (index < 2) continue;
      expect([uris[index], outcome]).toEqual([
        uris[index],
        expect.stringMatching(/^failed SOURCE_(NOT_ALLOWED|UNREADABLE)$/),
      ]);
    }
    expect(asked).toEqual([]);
  });

  test("without a list of hosts nothing is asked", async () => {
    await using worker = await WorkerProcess.start();
    const { items } = await worker.run(itemsOf(["http://example.org/a.pdf", s3("a"), "upload://x/y"]));
    expect(briefly(items)).toEqual([
      "0 failed SOURCE_NOT_ALLOWED",
      "1 failed SOURCE_NOT_ALLOWED",
      "2 failed SOURCE_UNREADABLE",
    ]);
  });

  test("a server that trickles costs its document its time, not its extractor", async () => {
    await using slow = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch: () =>
        new Response(
          new ReadableStream({
            async pull(controller) {
              await Bun.sleep(20);
              controller.enqueue(Buffer.from("x"));
            },
          }),
        ),
    });
    await using worker = await WorkerProcess.start({
      SLUICE_HTTP_HOSTS: `127.0.0.1:${slow.port}`,
      SLUICE_HTTP_PRIVATE_NETWORKS: "127.0.0.1",
    });
    const { items, done } = await worker.run(itemsOf([`http://127.0.0.1:${slow.port}/a`]), {
      extract: { documentTimeoutMs: 2_000 },
    });
    expect(briefly(items)).toEqual(["0 failed SOURCE_UNAVAILABLE"]);
    expect(done?.childRestarts).toBe(0);
  });
});
