import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type ItemSubmission, memberUri, type Upload } from "@sluice/contracts";
import { zipOf } from "@sluice/sources/make-archive";
import {
  makePdf,
  type S3Server,
  s3ServerMissing,
  startS3Server,
  startTestCluster,
  temporaryFolder,
  type TestCluster,
  waitUntil,
} from "@sluice/testkit";
import { runCli } from "./run-cli.ts";

const pdf = (text: string) => new Uint8Array(makePdf({ pages: [text] }));
const missing = s3ServerMissing();

/** The same on either kind of store: bytes in, read by a real worker, by links alone. */
function behaves(store: () => { cluster: TestCluster; server: S3Server | null }): void {
  const items = (uploads: readonly Pick<Upload, "uri" | "sizeBytes" | "sourceVersion">[]): ItemSubmission[] =>
    uploads.map(({ uri, sizeBytes, sourceVersion }, ordinal) => ({ ordinal, uri, sizeBytes, sourceVersion }));

  const submit = async (uploads: Parameters<typeof items>[0]) => {
    const { client } = store().cluster;
    const { batch } = await client.openBatch();
    await client.appendItems(batch.batchId, items(uploads));
    await client.sealBatch(batch.batchId, uploads.length);
    await waitUntil("the batch ends", async () => (await client.getBatch(batch.batchId)).state === "done");
    const rows = await Array.fromAsync(client.results(batch.batchId));
    expect((await client.audit(batch.batchId)).balanced).toBe(true);
    return { batchId: batch.batchId, rows };
  };

  test("uploads are read, known again, and unchanged", async () => {
    const { client } = store().cluster;
    const uploads = [
      await client.upload(pdf("one"), { name: "one.pdf" }),
      await client.upload(pdf("two"), { name: "two.pdf" }),
    ];
    const first = await submit(uploads);
    expect(first.rows.map(({ state, contentHash }) => [state, contentHash])).toEqual(
      uploads.map(({ contentHash }) => ["succeeded", contentHash]),
    );
    expect((await submit(uploads)).rows.map(({ state }) => state)).toEqual(["unchanged", "unchanged"]);
    const renamed = await client.upload(pdf("one"), { name: "renamed.pdf" });
    expect(renamed.known).toBe(true);
    expect((await submit([renamed])).rows.map(({ state }) => state)).toEqual(["duplicate"]);
  }, 60_000);

  test("members of an uploaded archive are read where it lies, and it is listed as a source", async () => {
    const { client } = store().cluster;
    const archive = zipOf([
      { name: "in/three.pdf", bytes: Buffer.from(pdf("three")) },
      { name: "in/four.pdf", bytes: Buffer.from(pdf("four")) },
    ]);
    const { uri, sourceVersion } = await client.upload(new Uint8Array(archive), { name: "papers.zip" });
    const members = ["in/three.pdf", "in/four.pdf"].map((name) => memberUri(uri, name));
    const { rows } = await submit(members.map((member) => ({ uri: member, sizeBytes: 1_000, sourceVersion })));
    expect(rows.map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
    const { batch } = await client.openBatch({ sources: [uri] });
    await waitUntil("the batch ends", async () => (await client.getBatch(batch.batchId)).state === "done");
    const listed = await Array.fromAsync(client.results(batch.batchId));
    expect(listed.map((row) => row.uri).toSorted()).toEqual(members.toSorted());
    // Deleting is refused while these batches refer to it.
    const hash = uri.slice("upload://".length, "upload://".length + 64);
    const remove = await fetch(`${store().cluster.url}/v1/uploads/${hash}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${store().cluster.adminToken}` },
    });
    expect(remove.status).toBe(409);
  }, 60_000);

  test("an item is replayed from where it lies", async () => {
    const { cluster } = store();
    const { batchId } = await submit([await cluster.client.upload(pdf("five"), { name: "five.pdf" })]);
    const replayed = await runCli([
      "replay",
      `${batchId}/0`,
      "--remote",
      "--server",
      cluster.url,
      "--token",
      cluster.adminToken,
      "--json",
    ]);
    expect([replayed.exit, JSON.parse(replayed.stdout).replay.outcome]).toEqual([0, "extracted"]);
  }, 60_000);
}

describe("in a folder", () => {
  const folder = temporaryFolder();
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startTestCluster({ coordinatorEnvironment: { SLUICE_BLOBS: folder.path } });
  }, 60_000);
  afterAll(async () => {
    await cluster[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });
  behaves(() => ({ cluster, server: null }));
});

describe.skipIf(missing !== null)(`in S3${missing === null ? "" : ` (${missing})`}`, () => {
  let server: S3Server;
  let cluster: TestCluster;
  beforeAll(async () => {
    server = await startS3Server();
    cluster = await startTestCluster({
      coordinatorEnvironment: { ...server.environment, SLUICE_BLOBS: "s3://papers/uploads" },
    });
  }, 300_000);
  afterAll(async () => {
    await cluster[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  behaves(() => ({ cluster, server }));

  test("a server that is down is a clear error, and uploads go on when it is back", async () => {
    await server.kill();
    const refused = cluster.client.upload(new Blob([pdf("six")]).stream(), { name: "six.pdf" });
    await expect(refused).rejects.toMatchObject({ code: "BLOBS_UNAVAILABLE", status: 503 });
    await server.start();
    expect(await cluster.client.upload(pdf("six"), { name: "six.pdf" })).toMatchObject({ known: false });
  }, 60_000);

  test("pieces lie there too: an upload goes on whatever coordinator it meets", async () => {
    const content = new Uint8Array(70_000_000).fill(3);
    const kept = await cluster.client.upload(content, { name: "large", resumableFromBytes: 1 });
    expect(kept.sizeBytes).toBe(content.length);
    const keys = (await server.bucket().list({ prefix: "uploads/" })).contents ?? [];
    expect(keys.filter(({ size }) => size === content.length)).toHaveLength(1);
  }, 60_000);
});
