import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TemporaryDatabase } from "@sluice/testkit";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { sha256, startFakeWorker } from "../support/fake-worker.ts";
import { type SpawnedCoordinator, spawnCoordinator } from "../support/spawned-coordinator.ts";
import { type Json, SUBMIT, waitUntil, WORKER } from "../support/test-coordinator.ts";

const root = mkdtempSync(join(tmpdir(), "sluice-upload-attacks-"));
const blobs = join(root, "blobs");
const STALL_SECONDS = 1.5;
let database: TemporaryDatabase;
let coordinator: SpawnedCoordinator;

beforeAll(async () => {
  writeFileSync(join(root, "secret"), "secret of the host");
  database = await coordinatorDatabase();
  coordinator = await spawnCoordinator(database.databaseUrl, {
    SLUICE_BLOBS: blobs,
    SLUICE_MAX_UPLOAD_BYTES: "100000",
    SLUICE_UPLOAD_STALL_SECONDS: String(STALL_SECONDS),
    SLUICE_LOG_LEVEL: "debug",
  });
}, 60_000);

afterAll(async () => {
  await coordinator[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Sends bytes as they are and gives what came back until the other side closed, or `forMs` were over. */
async function raw(...parts: (string | number)[]): Promise<{ answer: string; ms: number }> {
  const socket = connect(Number(new URL(coordinator.url).port), "127.0.0.1");
  let answer = "";
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => (answer += bytes.toString("latin1")));
  const started = performance.now();
  for (const part of parts) {
    if (typeof part === "number") await Promise.race([Bun.sleep(part), closed]);
    else if (socket.writable) socket.write(part);
  }
  await Promise.race([waitUntil(() => answer.includes("\r\n\r\n") || socket.destroyed), Bun.sleep(10_000)]);
  const ms = performance.now() - started;
  socket.destroy();
  return { answer, ms };
}

const head = (lines: string, path = "/v1/uploads") =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${SUBMIT}\r\n${lines}\r\n\r\n`;

const NAMES = [
  "../../../../etc/passwd",
  "..\\..\\windows\\system32",
  "/etc/passwd",
  "file:///etc/passwd",
  ".",
  "..",
  "a\r\nX-Injected: yes\r\n\r\n<html>",
  "a\nb\u001b[31mred",
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "'; drop table uploads; --",
  "\u202egnp.exe",
  "%2e%2e%2fetc%2fpasswd",
  "a#/member",
  "con",
  "x".repeat(1_024),
];

describe("names", () => {
  test("are text and nothing else, wherever they come out", async () => {
    for (const name of NAMES) {
      const content = `names ${name}`;
      const response = await fetch(`${coordinator.url}/v1/uploads?name=${encodeURIComponent(name)}`, {
        method: "POST",
        headers: { authorization: `Bearer ${SUBMIT}` },
        body: content,
      });
      expect([name, response.status]).toEqual([name, 201]);
      expect(response.headers.get("content-type")).toStartWith("application/json");
      expect(response.headers.get("x-injected")).toBeNull();
      const { uri } = (await response.json()) as Json;
      expect(uri).toMatch(/^upload:\/\/[0-9a-f]{64}\/[A-Za-z0-9._~/%-]+$/);
      expect(decodeURIComponent(uri.slice("upload://".length + 65))).toBe(name);
    }
    expect(await coordinator.sql("select 1 as there from uploads limit 1")).toEqual([{ there: 1 }]);
    // Nothing was ever made of a name: every file is one of ours, and lies where ours do.
    for (const file of filesIn(root)) {
      if (file === join(root, "secret")) continue;
      expect(file.slice(blobs.length)).toMatch(/^\/[0-9a-f]{2}\/[0-9a-f-]{36}$/);
    }
    // A line of the log is one object, whatever is in it.
    for (const line of (await coordinator.stderr()).trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  });

  test("in forms and in metadata too", async () => {
    for (const name of NAMES.filter((each) => !/[\r\n"\\]/.test(each))) {
      const form = new FormData();
      form.append("f", new File([`form ${name}`], name));
      const response = await fetch(`${coordinator.url}/v1/uploads`, {
        method: "POST",
        headers: { authorization: `Bearer ${SUBMIT}` },
        body: form,
      });
      expect(((await response.json()) as Json).ok).toBe(true);
    }
    for (const name of NAMES) {
      const response = await fetch(`${coordinator.url}/v1/uploads/resumable`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${SUBMIT}`,
          "tus-resumable": "1.0.0",
          "upload-length": "1",
          "upload-metadata": `filename ${Buffer.from(name).toString("base64")}`,
        },
      });
      expect([name, response.status, ((await response.json()) as Json).name]).toEqual([name, 201, name]);
    }
  });

  test("that are too long, or no text, are refused", async () => {
    for (const query of [`name=${"x".repeat(1_025)}`, `name=${encodeURIComponent("ü".repeat(600))}`, "name=a%00b"]) {
      const { answer } = await raw(head("Content-Length: 1", `/v1/uploads?${query}`), "x");
      expect(answer).toStartWith("HTTP/1.1 400");
    }
    const { answer } = await raw(head("Content-Length: 1", `/v1/uploads?name=${"x".repeat(100_000)}`), "x");
    expect(answer).toMatch(/^HTTP\/1\.1 4/);
  });
});

describe("hashes", () => {
  test("are hashes: no path leads out of the store", async () => {
    const before = filesIn(root).length;
    for (const path of [
      "/v1/uploads/../../secret",
      "/v1/uploads/..%2f..%2fsecret",
      "/v1/uploads/%2e%2e/secret",
      `/v1/uploads/${"A".repeat(64)}`,
      `/v1/uploads/${"0".repeat(63)}%00`,
      "/v1/blobs/..%2f..%2fsecret?expires=99999999999&signature=x",
      "/v1/blobs/....//....//secret?expires=99999999999&signature=x",
      `/v1/blobs/${"0".repeat(64)}?expires=99999999999&signature=x`,
      `/v1/blobs/${"0".repeat(64)}?expires=1e400&signature=x`,
      `/v1/blobs/${"0".repeat(64)}?expires=99999999999&signature[]=x`,
      "/v1/uploads/resumable/..%2f..%2fsecret",
    ]) {
      const { answer } = await raw(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer ${SUBMIT}\r\n\r\n`,
      );
      expect([path, /^HTTP\/1\.1 4\d\d/.test(answer), answer.includes("secret of the host")]).toEqual([
        path,
        true,
        false,
      ]);
    }
    expect(filesIn(root).length).toBe(before);
  });

  test("a worker reads what it was given, and its token opens nothing else", async () => {
    await using worker = await startFakeWorker(coordinator);
    const made = await Promise.all(
      ["given", "not given"].map(async (content) => {
        const request = { method: "POST", headers: { authorization: `Bearer ${SUBMIT}` }, body: content };
        return (await (await fetch(`${coordinator.url}/v1/uploads`, request)).json()) as Json;
      }),
    );
    const [given, other] = made;
    const batchId = await coordinator.submit([{ ordinal: 0, uri: given.uri, sizeBytes: 1, sourceVersion: "" }]);
    await coordinator.ended(batchId);
    const link = worker.requests[0]?.items[0]?.fetchUrl ?? "";
    expect(await (await fetch(coordinator.url + link)).text()).toBe("given");
    expect((await fetch(coordinator.url + link.replace(given.contentHash, other.contentHash))).status).toBe(403);
    for (const path of ["/v1/uploads", `/v1/uploads/${other.contentHash}`, `/v1/blobs/${other.contentHash}`]) {
      expect([400, 403]).toContain((await coordinator.request("GET", path, undefined, WORKER)).status);
    }
  });
});

describe("bodies", () => {
  const nothingKept = async (before: string[]) => {
    await waitUntil(() => filesIn(root).length === before.length);
    expect(filesIn(root).toSorted()).toEqual(before.toSorted());
  };

  test("too large: refused by what is announced, before a byte of it, and by what comes", async () => {
    const before = filesIn(root);
    for (const length of ["100001", "99999999999999"]) {
      const { answer, ms } = await raw(head(`Content-Length: ${length}`));
      expect(answer).toStartWith("HTTP/1.1 413");
      expect(ms).toBeLessThan(STALL_SECONDS * 1_000);
    }
    const { answer } = await raw(head("Transfer-Encoding: chunked"), `30d40\r\n${"x".repeat(200_000)}\r\n`);
    expect(answer).toStartWith("HTTP/1.1 413");
    await nothingKept(before);
  });

  test("that claim less than they are, or two lengths: no second request comes of it", async () => {
    const before = filesIn(root);
    const smuggled = "GET /v1/uploads HTTP/1.1\r\nHost: x\r\n\r\n";
    for (const lines of [
      "Content-Length: 4\r\nTransfer-Encoding: chunked",
      "Content-Length: 4\r\nContent-Length: 5",
      "Transfer-Encoding: chunked, identity",
    ]) {
      const { answer } = await raw(head(lines), `0\r\n\r\n${smuggled}`);
      expect([lines, /^(HTTP\/1\.1 4\d\d|$)/.test(answer)]).toEqual([lines, true]);
    }
    await nothingKept(before);
  });

  test("that never come, or come by a trickle, are ended in time", async () => {
    const before = filesIn(root);
    const silent = await raw(head("Content-Length: 1000"), "x", STALL_SECONDS * 2_000);
    expect(silent.answer).toStartWith("HTTP/1.1 408");
    expect(silent.answer).toContain("UPLOAD_STALLED");
    const drops = Array.from({ length: 40 }, () => ["x", 100] as const).flat();
    const trickle = await raw(head("Content-Length: 1000"), ...drops);
    expect(trickle.answer).toStartWith("HTTP/1.1 408");
    const form = "Content-Length: 1000\r\nContent-Type: multipart/form-data; boundary=b";
    const opened = '--b\r\nContent-Disposition: form-data; name="f"; filename="slow.pdf"\r\n\r\n';
    const slowForm = await raw(head(form), opened, ...drops);
    expect(slowForm.answer).toStartWith("HTTP/1.1 408");
    await nothingKept(before);
  }, 60_000);

  test("that are not what their digest says", async () => {
    const before = filesIn(root);
    const { answer } = await raw(head(`Content-Length: 4\r\nX-Content-SHA256: ${sha256("else")}`), "this");
    expect(answer).toStartWith("HTTP/1.1 460");
    await nothingKept(before);
  });

  test("forms that are none, are nested, or have no end of parts", async () => {
    const before = filesIn(root);
    const form = (body: string, boundary = "b") =>
      raw(head(`Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: ${body.length}`), body);
    const part = (name: string, more = "") =>
      `--b\r\nContent-Disposition: form-data; name="f"; filename="${name}"${more}\r\n\r\nx\r\n`;
    for (const body of ["", "--b--", "--b\r\n\r\n", "x".repeat(50_000), `--b\r\n${"H: x\r\n".repeat(5_000)}\r\n`]) {
      const { answer } = await form(body);
      expect([body.slice(0, 20), /^HTTP\/1\.1 (4\d\d|200)/.test(answer)]).toEqual([body.slice(0, 20), true]);
      expect(answer).not.toContain('"ok":true');
    }
    expect((await form("x", "b".repeat(5_000))).answer).toStartWith("HTTP/1.1 400");
    await nothingKept(before);
    const many = `${Array.from({ length: 300 }, () => part("same.pdf")).join("")}--b--\r\n`;
    expect((await form(many)).answer).toStartWith("HTTP/1.1 200");
    // All of the same byte.
    expect(filesIn(root)).toHaveLength(before.length + 1);
    expect((await fetch(`${coordinator.url}/healthz`)).status).toBe(200);
  });

  test("packed ones are not unpacked", async () => {
    const packed = Bun.gzipSync(new Uint8Array(90_000));
    const response = await fetch(`${coordinator.url}/v1/uploads`, {
      method: "POST",
      headers: { authorization: `Bearer ${SUBMIT}`, "content-encoding": "gzip" },
      body: packed,
    });
    expect(response.status).toBe(400);
  });
});
