import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptUploadSchema, problemSchema, uploadLineSchema, uploadListSchema, uploadSchema } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { FolderBlobStore } from "../src/blobs/folder-blob-store.ts";
import { connectDatabase } from "../src/db/database.ts";
import { forgetUploads } from "../src/uploads/forget-uploads.ts";
import { sha256, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, at, type Json, SUBMIT, WORKER } from "./support/test-coordinator.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-blobs-"));
const MAX_BYTES = 1_000_000;
const cluster = useCoordinator({ SLUICE_BLOBS: folder, SLUICE_MAX_UPLOAD_BYTES: String(MAX_BYTES) });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer> | FormData | ReadableStream,
  headers: Record<string, string> = {},
  token = SUBMIT,
): Promise<Response> {
  return fetch(`${cluster.coordinator.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });
}

async function upload(content: string, name = "a.pdf") {
  const response = await post(`/v1/uploads?name=${encodeURIComponent(name)}`, content);
  return uploadSchema.parse(await response.json());
}

async function codeOf(response: Response): Promise<string> {
  const problem = problemSchema.parse(await response.json());
  expect(response.status).toBe(problem.status);
  return problem.code;
}

/** Files in the blob store, finished or not. */
function stored(): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("one file", () => {
  test("is kept under its hash, once", async () => {
    const content = `once ${Math.random()}`;
    const before = stored().length;
    const response = await post("/v1/uploads?name=dir%2Fa%20b.pdf", content);
    expect(response.status).toBe(201);
    const hash = sha256(content);
    expect(uploadSchema.parse(await response.json())).toEqual({
      uri: `upload://${hash}/dir/a%20b.pdf`,
      contentHash: hash,
      sizeBytes: content.length,
      sourceVersion: `sha256:${hash}`,
      known: false,
    });
    const again = await post("/v1/uploads?name=other", content);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ uri: `upload://${hash}/other`, known: true });
    expect(stored().length).toBe(before + 1);
    const both = await Promise.all(["x", "y"].map((name) => upload(`${content} at once`, name)));
    expect(both.filter(({ known }) => known)).toHaveLength(1);
    expect(stored().length).toBe(before + 2);
  });

  test("may be empty, and may have no name", async () => {
    const response = await post("/v1/uploads", "");
    expect(await response.json()).toMatchObject({ uri: `upload://${sha256("")}/unnamed`, sizeBytes: 0 });
  });

  test("that has gone from the store by hand comes back with its next upload", async () => {
    const content = `by hand ${Math.random()}`;
    const before = new Set(stored());
    await upload(content);
    const [file = ""] = stored().filter((path) => !before.has(path));
    rmSync(file);
    expect(await upload(content)).toMatchObject({ known: false });
    expect(await upload(content)).toMatchObject({ known: true });
  });

  test("is checked against the digest that the client gives", async () => {
    const content = `digest ${Math.random()}`;
    const digest = new Bun.CryptoHasher("sha256").update(content).digest("base64");
    const wrong = new Bun.CryptoHasher("sha256").update("else").digest("base64");
    const before = stored().length;
    for (const headers of [
      { "content-digest": `sha-256=:${wrong}:` },
      { "content-digest": `sha-512=:AAAA:, sha-256=:${wrong}:` },
      { digest: `SHA-256=${wrong}` },
      { "x-content-sha256": sha256("else") },
    ]) {
      expect(await codeOf(await post("/v1/uploads", content, headers))).toBe("CHECKSUM_MISMATCH");
    }
    for (const headers of [{ "content-digest": "sha-256=:AAAA:" }, { "x-content-sha256": "abc" }]) {
      expect(await codeOf(await post("/v1/uploads", content, headers))).toBe("BAD_REQUEST");
    }
    expect(stored().length).toBe(before);
    for (const headers of [
      { "content-digest": `sha-256=:${digest}:` },
      { digest: `md5=AAAA,SHA-256=${digest}` },
      { "x-content-sha256": sha256(content).toUpperCase() },
    ]) {
      expect((await post("/v1/uploads", content, headers)).ok).toBe(true);
    }
  });

  test("that is too large is refused, announced or not, and nothing of it is kept", async () => {
    const before = stored().length;
    const body = new Uint8Array(MAX_BYTES + 1);
    expect(await codeOf(await post("/v1/uploads", body))).toBe("PAYLOAD_TOO_LARGE");
    const chunked = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(100_000));
      },
    });
    expect(await codeOf(await post("/v1/uploads", chunked))).toBe("PAYLOAD_TOO_LARGE");
    expect(stored().length).toBe(before);
    expect((await post("/v1/uploads", new Uint8Array(MAX_BYTES))).status).toBe(201);
  });

  test("is for those who submit", async () => {
    expect(await codeOf(await post("/v1/uploads", "x", {}, WORKER))).toBe("FORBIDDEN");
    expect(await codeOf(await post("/v1/uploads", "x", {}, "no-such-token-at-all"))).toBe("UNAUTHORIZED");
  });

  test("other routes keep their own limit", async () => {
    const { coordinator } = cluster;
    const body = "x".repeat((64 << 20) + 1);
    expect(await codeOf(await coordinator.request("POST", "/v1/batches", body))).toBe("PAYLOAD_TOO_LARGE");
  });
});

describe("a form", () => {
  test("has a line for each file and for each field that is none, and what is wrong with one costs the others nothing", async () => {
    const form = new FormData();
    form.append("note", "no file");
    form.append("files", new File(["first"], "deep/ä.pdf"));
    form.append("files", new File([new Uint8Array(MAX_BYTES + 1)], "large.pdf"));
    form.append("files", new File(["n"], "n".repeat(2_000)));
    form.append("files", new File(["last"], "last.pdf"));
    const before = stored().length;
    const response = await post("/v1/uploads", form);
    expect(response.status).toBe(200);
    const lines = (await response.text())
      .trim()
      .split("\n")
      .map((line) => uploadLineSchema.parse(JSON.parse(line)));
    expect(lines).toMatchObject([
      { ok: false, name: "note", code: "BAD_REQUEST", detail: expect.stringContaining("no file") },
      { ok: true, name: "deep/ä.pdf", uri: `upload://${sha256("first")}/deep/%C3%A4.pdf`, known: false },
      { ok: false, name: "large.pdf", code: "PAYLOAD_TOO_LARGE" },
      { ok: false, code: "BAD_REQUEST" },
      { ok: true, name: "last.pdf", contentHash: sha256("last") },
    ]);
    expect(stored().length).toBe(before + 2);
  });

  test("that is none is refused", async () => {
    const multipart = (boundary: string) => ({ "content-type": `multipart/form-data${boundary}` });
    expect(await codeOf(await post("/v1/uploads", "x", multipart("")))).toBe("BAD_REQUEST");
    const cut = '--b\r\nContent-Disposition: form-data; name="f"; filename="cut.pdf"\r\n\r\ncut off';
    const before = stored().length;
    expect(await codeOf(await post("/v1/uploads", cut, multipart("; boundary=b")))).toBe("BAD_REQUEST");
    expect(stored().length).toBe(before);
  });
});

describe("items", () => {
  test("need their uploads, and have the size of those", async () => {
    const { coordinator } = cluster;
    await using worker = await startFakeWorker(coordinator);
    const { uri, contentHash, sizeBytes } = await upload(`item ${Math.random()}`);
    const { batchId } = await coordinator.open();
    const item = (ordinal: number, over: object = {}) => ({
      ordinal,
      uri,
      sizeBytes: 1,
      sourceVersion: "whatever",
      ...over,
    });
    const missing = `upload://${sha256("never")}/never.pdf`;
    const send = async (items: object[]) =>
      await coordinator.request(
        "POST",
        `/v1/batches/${batchId}/items`,
        items.map((line) => JSON.stringify(line)).join("\n"),
      );
    const refused = await send([item(0), item(1, { uri: missing })]);
    expect(problemSchema.parse(await refused.json())).toMatchObject({
      code: "UPLOAD_NOT_FOUND",
      detail: expect.stringContaining("Item 1:"),
      context: { ordinal: 1 },
    });
    expect(await codeOf(await send([item(0, { uri: `upload://${contentHash}/../../etc/%zz` })]))).toBe("BAD_REQUEST");
    await coordinator.json("POST", `/v1/batches/${batchId}/pause`, {});
    await coordinator.append(batchId, [item(0), item(1, { uri: `file:///elsewhere/${contentHash}`, sizeBytes: 5 })]);
    expect(
      await coordinator.sql("select size_bytes, source_version from items where batch_id = $1 order by ordinal", [
        batchId,
      ]),
    ).toMatchObject([
      { size_bytes: String(sizeBytes), source_version: `sha256:${contentHash}` },
      { size_bytes: "5", source_version: "whatever" },
    ]);
    await coordinator.json("POST", `/v1/batches/${batchId}/resume`, {});
    await coordinator.seal(batchId, 2);
    await coordinator.ended(batchId);
    const sent = worker.requests.flatMap(({ items }) => items);
    const link = sent.find((line) => line.uri === uri)?.fetchUrl ?? "";
    expect(link).toStartWith(`/v1/blobs/${contentHash}?`);
    expect(sent.find((line) => line.uri !== uri)?.fetchUrl).toBeUndefined();
    const bytes = await fetch(coordinator.url + link);
    expect(sha256(await bytes.text())).toBe(contentHash);
    expect((await coordinator.audit(batchId)).balanced).toBe(true);
  });
});

describe("links", () => {
  let hash: string;
  let link: URL;
  const content = `0123456789 ${Math.random()}`;
  const get = (change: (url: URL) => void = () => undefined, headers: Record<string, string> = {}) => {
    const url = new URL(link);
    change(url);
    return fetch(url, { headers });
  };

  beforeAll(async () => {
    const { coordinator } = cluster;
    await using worker = await startFakeWorker(coordinator);
    const { uri, contentHash } = await upload(content);
    hash = contentHash;
    await coordinator.ended(await coordinator.submit([{ ordinal: 0, uri, sizeBytes: 1, sourceVersion: "" }]));
    link = new URL(coordinator.url + (at(at(worker.requests, -1).items, 0).fetchUrl ?? ""));
  }, 60_000);

  test("give the bytes, whole or in part, as nothing that a browser would run", async () => {
    const whole = await get();
    expect(whole.headers.get("content-length")).toBe(String(content.length));
    expect(whole.headers.get("content-type")).toBe("application/octet-stream");
    expect(whole.headers.get("content-disposition")).toBe("attachment");
    expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await whole.text()).toBe(content);
    for (const [range, text, contentRange] of [
      ["bytes=0-0", content.slice(0, 1), `bytes 0-0/${content.length}`],
      ["bytes=3-5", content.slice(3, 6), `bytes 3-5/${content.length}`],
      ["bytes=5-", content.slice(5), `bytes 5-${content.length - 1}/${content.length}`],
      ["bytes=-4", content.slice(-4), `bytes ${content.length - 4}-${content.length - 1}/${content.length}`],
      ["bytes=8-99999", content.slice(8), `bytes 8-${content.length - 1}/${content.length}`],
    ] as const) {
      const part = await get(undefined, { range });
      expect([range, part.status, part.headers.get("content-range")]).toEqual([range, 206, contentRange]);
      expect(await part.text()).toBe(text);
    }
    const behind = await get(undefined, { range: `bytes=${content.length}-` });
    expect([behind.status, behind.headers.get("content-range")]).toEqual([416, `bytes */${content.length}`]);
    expect((await get(undefined, { range: "bytes=5-2" })).status).toBe(200);
    expect((await get(undefined, { range: "lines=1-2" })).status).toBe(200);
  });

  test("open nothing but what they were made for, and not for ever", async () => {
    const other = await upload(`other ${Math.random()}`);
    const forged = [
      (url: URL) => (url.pathname = `/v1/blobs/${other.contentHash}`),
      (url: URL) => url.searchParams.set("expires", String(Number(url.searchParams.get("expires")) + 1)),
      (url: URL) => url.searchParams.set("signature", ""),
      (url: URL) => url.searchParams.set("signature", `${url.searchParams.get("signature")}=`),
    ];
    for (const change of forged) {
      const response = await get(change);
      expect(await codeOf(response)).toBe("FORBIDDEN");
    }
    expect(await codeOf(await get((url) => url.searchParams.delete("signature")))).toBe("BAD_REQUEST");
    const { BlobLinks } = await import("../src/blobs/blob-links.ts");
    const [{ value }] = await cluster.coordinator.sql("select value from secrets where name = 'blob_links'");
    const path = (seconds: number) => cluster.coordinator.url + new BlobLinks(value).pathTo(hash, seconds);
    expect((await fetch(path(10))).status).toBe(200);
    expect(await codeOf(await fetch(path(-2)))).toBe("FORBIDDEN");
  });
});

describe("what is kept", () => {
  test("is listed by hash, a page at a time, and told about", async () => {
    const { coordinator } = cluster;
    const kept = await upload(`kept ${Math.random()}`);
    const one = keptUploadSchema.parse(
      await coordinator.json("GET", `/v1/uploads/${kept.contentHash}`, undefined, SUBMIT),
    );
    expect(one).toMatchObject({ contentHash: kept.contentHash, sizeBytes: kept.sizeBytes, batches: 0 });
    expect((await coordinator.request("HEAD", `/v1/uploads/${kept.contentHash}`)).status).toBe(200);
    expect((await coordinator.request("HEAD", `/v1/uploads/${sha256("no")}`)).status).toBe(404);
    expect(await codeOf(await coordinator.request("GET", "/v1/uploads/..%2F..%2Fetc%2Fpasswd"))).toBe("NOT_FOUND");
    const hashes: string[] = [];
    for (let after: string | null = ""; after !== null;) {
      const query: string = after === "" ? "" : `&after=${after}`;
      const page = uploadListSchema.parse(await coordinator.json("GET", `/v1/uploads?limit=3${query}`));
      hashes.push(...page.uploads.map(({ contentHash }) => contentHash));
      after = page.next;
    }
    expect(hashes).toContain(kept.contentHash);
    expect(hashes).toEqual([...new Set(hashes)].toSorted());
    expect(await codeOf(await coordinator.request("GET", "/v1/uploads", undefined, SUBMIT))).toBe("FORBIDDEN");
  });

  test("is deleted by an admin, unless a batch refers to it", async () => {
    const { coordinator } = cluster;
    const free = await upload(`free ${Math.random()}`);
    const before = stored().length;
    const remove = (hash: string, token: string) =>
      coordinator.request("DELETE", `/v1/uploads/${hash}`, undefined, token);
    expect(await codeOf(await remove(free.contentHash, SUBMIT))).toBe("FORBIDDEN");
    expect((await remove(free.contentHash, ADMIN)).status).toBe(204);
    expect(stored().length).toBe(before - 1);
    expect(await codeOf(await remove(free.contentHash, ADMIN))).toBe("UPLOAD_NOT_FOUND");
    const held = await upload(`held ${Math.random()}`);
    const { batchId } = await coordinator.open();
    await coordinator.append(batchId, [{ ordinal: 0, uri: held.uri, sizeBytes: 1, sourceVersion: "" }]);
    expect(await codeOf(await remove(held.contentHash, ADMIN))).toBe("CONFLICT");
    await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  });

  test("goes when it is old and no batch refers to it, with what dead uploads have left", async () => {
    const { coordinator, databaseUrl } = cluster;
    const logger = createLogger({ name: "test", level: "silent" });
    const database = connectDatabase({ url: databaseUrl, poolSize: 2, logger });
    const parts = { database, blobs: new FolderBlobStore(folder) };
    const old = async (content: string) => {
      const made = await upload(`${content} ${Math.random()}`);
      const bytes = Buffer.from(made.contentHash, "hex");
      await coordinator.sql("update uploads set used_at = now() - interval '8 days' where content_hash = $1", [bytes]);
      return made;
    };
    const [unused, held, ofGoneBatch] = [await old("unused"), await old("held"), await old("batch is gone")];
    const fresh = await upload(`fresh ${Math.random()}`);
    const refer = async ({ contentHash }: { contentHash: string }, batchId: string) =>
      await coordinator.sql("insert into batch_uploads values ($1, $2)", [Buffer.from(contentHash, "hex"), batchId]);
    const { batchId } = await coordinator.open();
    await refer(held, batchId);
    await refer(ofGoneBatch, crypto.randomUUID());
    const orphan = join(folder, "incoming", "dead");
    const young = join(folder, "incoming", "alive");
    for (const path of [orphan, young]) writeFileSync(path, "half of some");
    utimesSync(orphan, new Date(), new Date(Date.now() - 4 * 3_600_000));
    for (const path of stored().filter((file) => !file.endsWith("alive"))) {
      utimesSync(path, new Date(), new Date(Date.now() - 4 * 3_600_000));
    }
    expect(await forgetUploads(parts, { keepDays: 7 })).toEqual({ uploads: 2, unfinished: 0, leftovers: 1 });
    expect(await forgetUploads(parts, { keepDays: 7 })).toEqual({ uploads: 0, unfinished: 0, leftovers: 0 });
    expect(statSync(young).size).toBeGreaterThan(0);
    rmSync(young);
    const there = async ({ contentHash }: { contentHash: string }) =>
      (await coordinator.request("HEAD", `/v1/uploads/${contentHash}`)).status === 200;
    expect(await Promise.all([unused, held, ofGoneBatch, fresh].map(there))).toEqual([false, true, false, true]);
    const [{ count }]: Json[] = await coordinator.sql("select count(*)::int from uploads");
    expect(stored().length).toBe(count);
    await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
    await database.close();
  });

  test("an upload that a batch takes in at the moment of the sweep stays", async () => {
    const { coordinator, databaseUrl } = cluster;
    const logger = createLogger({ name: "test", level: "silent" });
    const database = connectDatabase({ url: databaseUrl, poolSize: 3, logger });
    const made = await upload(`at the moment ${Math.random()}`);
    const hash = Buffer.from(made.contentHash, "hex");
    await coordinator.sql("update uploads set used_at = now() - interval '8 days' where content_hash = $1", [hash]);
    const { claimUploads } = await import("../src/uploads/claim-uploads.ts");
    const item = { ordinal: 0, uri: made.uri, sizeBytes: 1, sourceVersion: "" };
    const { batchId } = await coordinator.open();
    let sweeping: Promise<unknown> = Promise.resolve();
    await database.transaction(async (client) => {
      await claimUploads(client, batchId, [item]);
      sweeping = forgetUploads({ database, blobs: new FolderBlobStore(folder) }, { keepDays: 7 });
      await Bun.sleep(300);
    });
    expect(await sweeping).toMatchObject({ uploads: 0 });
    expect((await coordinator.request("HEAD", `/v1/uploads/${made.contentHash}`)).status).toBe(200);
    await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
    await database.close();
  });
});
