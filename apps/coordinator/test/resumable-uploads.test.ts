import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problemSchema, resumableUploadSchema } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { tcpProxy } from "@sluice/testkit";
import { FolderBlobStore } from "../src/blobs/folder-blob-store.ts";
import { connectDatabase } from "../src/db/database.ts";
import { forgetUploads } from "../src/uploads/forget-uploads.ts";
import { sha256 } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, startTestCoordinator, SUBMIT, waitUntil } from "./support/test-coordinator.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-resumable-"));
const env = { SLUICE_BLOBS: folder, SLUICE_MAX_UPLOAD_BYTES: "200000000" };
const cluster = useCoordinator(env);
const PATH = "/v1/uploads/resumable";

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function tus(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream,
  { url = cluster.coordinator.url, token = SUBMIT } = {},
): Promise<Response> {
  return fetch(path.startsWith("http") ? path : url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "tus-resumable": "1.0.0",
      ...(body === undefined ? {} : { "content-type": "application/offset+octet-stream" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
}

async function create(length: number, metadata: Record<string, string> = { filename: "ü a.pdf" }): Promise<string> {
  const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`);
  const response = await tus("POST", PATH, { "upload-length": String(length), "upload-metadata": pairs.join(",") });
  expect(response.status).toBe(201);
  expect(Date.parse(response.headers.get("upload-expires") ?? "")).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  return response.headers.get("location") ?? "";
}

const patch = (path: string, offset: number, body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
  tus("PATCH", path, { "upload-offset": String(offset), ...headers }, body);

async function codeOf(response: Response): Promise<string> {
  const problem = problemSchema.parse(await response.json());
  expect([response.status, response.headers.get("tus-resumable")]).toEqual([problem.status, "1.0.0"]);
  return problem.code;
}

function filesLeft(): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

describe("the protocol", () => {
  test("says what it speaks", async () => {
    // Without a token, as clients ask before they have anything to send.
    const response = await fetch(`${cluster.coordinator.url}${PATH}`, { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    for (const [method, path] of [
      ["POST", PATH],
      ["OPTIONS", `${PATH}/${crypto.randomUUID()}`],
    ] as const) {
      expect((await fetch(`${cluster.coordinator.url}${path}`, { method })).status).toBe(401);
    }
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "tus-resumable": "1.0.0",
      "tus-version": "1.0.0",
      "tus-extension": "creation,termination,checksum,expiration",
      "tus-checksum-algorithm": "sha1,sha256",
      "tus-max-size": "200000000",
    });
    expect(await codeOf(await tus("POST", PATH, { "tus-resumable": "0.2.2" }))).toBe("TUS_VERSION_UNSUPPORTED");
  });

  test("an upload in pieces becomes what it would be in one", async () => {
    const content = `first|second|${Math.random()}`;
    const files = filesLeft();
    const path = await create(content.length);
    expect((await patch(path, 0, content.slice(0, 6))).headers.get("upload-offset")).toBe("6");
    const head = await tus("HEAD", path);
    expect([head.status, head.headers.get("upload-offset"), head.headers.get("upload-length")]).toEqual([
      200,
      "6",
      String(content.length),
    ]);
    expect(head.headers.get("cache-control")).toBe("no-store");
    expect(head.headers.get("upload-metadata")).toBe(`filename ${Buffer.from("ü a.pdf").toString("base64")}`);
    const wrong = await patch(path, 5, content.slice(5));
    expect(problemSchema.parse(await wrong.json())).toMatchObject({ code: "CONFLICT", context: { offset: 6 } });
    const last = await patch(path, 6, content.slice(6));
    expect([last.status, last.headers.get("upload-offset")]).toEqual([204, String(content.length)]);
    const { upload, receivedBytes } = resumableUploadSchema.parse(await (await tus("GET", path)).json());
    expect([upload?.uri, receivedBytes]).toEqual([`upload://${sha256(content)}/%C3%BC%20a.pdf`, content.length]);
    // The pieces are gone, what they have become is there.
    expect(filesLeft()).toBe(files + 1);
    expect((await cluster.coordinator.request("HEAD", `/v1/uploads/${sha256(content)}`)).status).toBe(200);
  });

  test("an empty upload is complete from the beginning", async () => {
    const path = await create(0);
    const { upload } = resumableUploadSchema.parse(await (await tus("GET", path)).json());
    expect(upload?.contentHash).toBe(sha256(""));
  });

  test("checksums make a request all or nothing", async () => {
    const content = `checked ${Math.random()}`;
    const checksum = (algorithm: "sha1" | "sha256", text: string) => ({
      "upload-checksum": `${algorithm} ${new Bun.CryptoHasher(algorithm).update(text).digest("base64")}`,
    });
    const path = await create(content.length);
    const files = filesLeft();
    expect(await codeOf(await patch(path, 0, content, checksum("sha1", "else")))).toBe("CHECKSUM_MISMATCH");
    expect(await codeOf(await patch(path, 0, content, { "upload-checksum": "md5 AAAA" }))).toBe("BAD_REQUEST");
    expect(filesLeft()).toBe(files);
    expect((await tus("HEAD", path)).headers.get("upload-offset")).toBe("0");
    expect((await patch(path, 0, content.slice(0, 4), checksum("sha1", content.slice(0, 4)))).status).toBe(204);
    expect((await patch(path, 4, content.slice(4), checksum("sha256", content.slice(4)))).status).toBe(204);
  });

  test("the whole is checked against the hash that its metadata has, and given up when it is another", async () => {
    const path = await create(4, { filename: "a", sha256: sha256("else") });
    expect(await codeOf(await patch(path, 0, "this"))).toBe("CHECKSUM_MISMATCH");
    expect((await tus("HEAD", path)).status).toBe(404);
    expect((await cluster.coordinator.request("HEAD", `/v1/uploads/${sha256("this")}`)).status).toBe(404);
    const right = await create(4, { filename: "a", sha256: sha256("this") });
    expect((await patch(right, 0, "this")).status).toBe(204);
  });

  test("is given up with its pieces", async () => {
    const files = filesLeft();
    const path = await create(10);
    await patch(path, 0, "12345");
    expect(filesLeft()).toBe(files + 1);
    expect((await tus("DELETE", path)).status).toBe(204);
    expect([(await tus("HEAD", path)).status, filesLeft()]).toEqual([404, files]);
  });

  test("expires", async () => {
    const path = await create(10);
    await patch(path, 0, "12345");
    const id = path.split("/").at(-1);
    await cluster.coordinator.sql("update resumable_uploads set expires_at = now() - interval '1 s' where id = $1", [
      id,
    ]);
    expect(await codeOf(await patch(path, 5, "67890"))).toBe("UPLOAD_NOT_FOUND");
    const logger = createLogger({ name: "test", level: "silent" });
    const database = connectDatabase({ url: cluster.databaseUrl, poolSize: 2, logger });
    const parts = { database, blobs: new FolderBlobStore(folder) };
    // Its piece is a leftover from then on, and goes when it is as old as those must be.
    const later = Date.now() + 4 * 3_600_000;
    expect(await forgetUploads(parts, { keepDays: 7, now: later })).toMatchObject({ unfinished: 1, leftovers: 1 });
    await database.close();
  });

  test("what cannot be is refused", async () => {
    const length = (text: string) => tus("POST", PATH, { "upload-length": text });
    for (const text of ["-1", "1.5", "abc", ""]) expect(await codeOf(await length(text))).toBe("BAD_REQUEST");
    expect(await codeOf(await length("200000001"))).toBe("PAYLOAD_TOO_LARGE");
    const metadata = (text: string) => tus("POST", PATH, { "upload-length": "1", "upload-metadata": text });
    for (const text of ["filename", "filename !!!", "a b c", "filename YQ==,filename YQ==", "sha256 YQ=="]) {
      const response = await metadata(text);
      expect([text, response.status]).toEqual([text, text === "filename" ? 201 : 400]);
    }
    const path = await create(3);
    expect(await codeOf(await patch(path, 0, "1234"))).toBe("PAYLOAD_TOO_LARGE");
    expect(await codeOf(await patch(path, 0, "12", { "content-type": "text/plain" }))).toBe("BAD_REQUEST");
    expect(await codeOf(await tus("PATCH", path, {}, "12"))).toBe("BAD_REQUEST");
    expect(
      await codeOf(await tus("HEAD", `${PATH}/..%2F..%2Fetc`).then(() => tus("GET", `${PATH}/..%2F..%2Fetc`))),
    ).toBe("NOT_FOUND");
    // Others' uploads are not there.
    expect((await tus("GET", path, {}, undefined, { token: ADMIN })).status).toBe(404);
  });

  test("two that go on with the same upload at once: one does", async () => {
    const half = new Uint8Array(1_000_000).fill(7);
    const path = await create(2_000_000);
    const statuses = await Promise.all([1, 2, 3].map(async () => (await patch(path, 0, half)).status));
    expect(statuses.toSorted((left, right) => left - right)).toEqual([204, 409, 409]);
    expect((await tus("HEAD", path)).headers.get("upload-offset")).toBe("1000000");
  });
});

test("an upload goes on where it stood when its coordinator was killed, on another one", async () => {
  const content = Buffer.alloc(80_000_000);
  for (let at = 0; at < content.length; at += 4) content.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  const first = await spawnCoordinator(cluster.databaseUrl, env);
  const created = await tus("POST", PATH, { "upload-length": String(content.length) }, undefined, { url: first.url });
  const path = created.headers.get("location") ?? "";
  let sent = 0;
  const body = new ReadableStream({
    async pull(controller) {
      if (sent >= 50_000_000) return await new Promise(() => undefined);
      controller.enqueue(content.subarray(sent, (sent += 1_000_000)));
    },
  });
  const cut = tus("PATCH", path, { "upload-offset": "0" }, body, { url: first.url }).catch(() => null);
  const id = path.split("/").at(-1);
  const received = async () =>
    Number(
      (await cluster.coordinator.sql("select received_bytes from resumable_uploads where id = $1", [id]))[0]
        .received_bytes,
    );
  await waitUntil(async () => (await received()) >= 32_000_000);
  first.kill();
  await cut;
  const offset = Number((await tus("HEAD", path)).headers.get("upload-offset"));
  expect(offset).toBeGreaterThanOrEqual(32_000_000);
  expect(offset).toBeLessThan(content.length);
  expect((await patch(path, offset, content.subarray(offset))).status).toBe(204);
  const { upload } = resumableUploadSchema.parse(await (await tus("GET", path)).json());
  expect(upload?.contentHash).toBe(new Bun.CryptoHasher("sha256").update(content).digest("hex"));
  await first[Symbol.asyncDispose]();
});

test("a coordinator killed behind the last piece: the next one asked makes the upload of them", async () => {
  const content = `all here ${Math.random()}`;
  const path = await create(content.length);
  await patch(path, 0, content.slice(0, 5));
  // As the last piece leaves it: counted, and nothing made of it.
  const name = "00/by-hand";
  await new FolderBlobStore(folder).write(
    name,
    (async function* () {
      yield Buffer.from(content.slice(5));
    })(),
  );
  const id = path.split("/").at(-1);
  await cluster.coordinator.sql("update resumable_uploads set received_bytes = size_bytes where id = $1", [id]);
  await cluster.coordinator.sql("insert into resumable_pieces values ($1, 5, $2, $3)", [id, content.length - 5, name]);
  const heads = await Promise.all([1, 2, 3].map(() => tus("HEAD", path)));
  expect(heads.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { upload } = resumableUploadSchema.parse(await (await tus("GET", path)).json());
  expect(upload?.contentHash).toBe(sha256(content));
});

test("a piece whose answer to COMMIT is lost is there, and the upload goes on behind it", async () => {
  const url = new URL(cluster.databaseUrl);
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: url.host });
  url.host = proxy.address;
  await using behind = await startTestCoordinator(url.href, env);
  const location = await create(12);
  const through = (method: string, headers = {}, body?: string) =>
    tus(method, location, headers, body, { url: behind.url });
  proxy.swallowCommits(1);
  const lost = await through("PATCH", { "upload-offset": "0" }, "first ");
  expect(proxy.swallowed).toBe(1);
  expect([lost.status, await codeOf(lost)]).toEqual([503, "DATABASE_UNAVAILABLE"]);
  // It counts: what stands in the table is in the blob store.
  const stand = await tus("HEAD", location);
  expect(stand.headers.get("upload-offset")).toBe("6");
  const done = await patch(location, 6, "second");
  expect(done.status).toBe(204);
  const { upload } = resumableUploadSchema.parse(await (await tus("GET", location)).json());
  expect(upload?.contentHash).toBe(sha256("first second"));
});
