import { describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problemSchema, uploadLineSchema } from "@sluice/contracts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { sha256 } from "./support/fake-worker.ts";
import { type SpawnedCoordinator, spawnCoordinator } from "./support/spawned-coordinator.ts";
import { startTestCoordinator, SUBMIT, waitUntil } from "./support/test-coordinator.ts";
import { mountTmpfs, TMPFS_MISSING } from "./support/tmpfs.ts";

function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), "sluice-upload-stress-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const authorization = `Bearer ${SUBMIT}`;

function residentMb(pid: number, field = "VmRSS"): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1_024;
}

describe.skipIf(TMPFS_MISSING !== null)(
  `a full disk${TMPFS_MISSING === null ? "" : ` (skipped: ${TMPFS_MISSING})`}`,
  () => {
    test("is a 507, nothing half-stored, and uploads go on when there is room", async () => {
      using folder = temporaryFolder();
      await using small = mountTmpfs(join(folder.path, "blobs"), 8);
      await using database = await coordinatorDatabase();
      await using coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_BLOBS: small.path });
      const post = (path: string, body: string | Uint8Array<ArrayBuffer> | FormData, headers: object = {}) =>
        fetch(`${coordinator.url}${path}`, { method: "POST", headers: { authorization, ...headers }, body });
      const large = new Uint8Array(12 << 20).fill(1);
      const refused = await post("/v1/uploads", large);
      expect([refused.status, problemSchema.parse(await refused.json()).code]).toEqual([507, "DISK_FULL"]);
      expect(filesIn(small.path)).toEqual([]);

      const form = new FormData();
      form.append("f", new File(["small"], "small.pdf"));
      form.append("f", new File([large], "large.pdf"));
      const lines = (await (await post("/v1/uploads", form)).text()).trim().split("\n");
      expect(lines.map((line) => uploadLineSchema.parse(JSON.parse(line)))).toMatchObject([
        { ok: true, contentHash: sha256("small") },
        { ok: false, code: "DISK_FULL" },
      ]);
      expect(filesIn(small.path)).toHaveLength(1);

      const tus = { "tus-resumable": "1.0.0" };
      const begun = await post("/v1/uploads/resumable", "", { ...tus, "upload-length": String(large.length) });
      const patch = (offset: number) =>
        fetch(new URL(begun.headers.get("location") ?? "", coordinator.url), {
          method: "PATCH",
          headers: {
            authorization,
            ...tus,
            "upload-offset": String(offset),
            "content-type": "application/offset+octet-stream",
          },
          body: large.subarray(offset),
        });
      expect((await patch(0)).status).toBe(507);
      expect(filesIn(small.path)).toHaveLength(1);
      small.grow(64);
      expect((await patch(0)).status).toBe(204);
      expect((await post("/v1/uploads", large)).status).toBe(200);
      expect(filesIn(small.path)).toHaveLength(2);
    }, 60_000);
  },
);

test("kill -9 in the middle of an upload leaves nothing that is taken for one", async () => {
  using folder = temporaryFolder();
  await using database = await coordinatorDatabase();
  const env = { SLUICE_BLOBS: folder.path };
  await using first = await spawnCoordinator(database.databaseUrl, env);
  const body = new ReadableStream({
    async pull(controller) {
      controller.enqueue(new Uint8Array(100_000).fill(1));
      await Bun.sleep(1);
    },
  });
  const cut = fetch(`${first.url}/v1/uploads`, { method: "POST", headers: { authorization }, body }).catch(() => null);
  await waitUntil(() => filesIn(folder.path).some((file) => statSync(file).size > 1_000_000));
  first.kill();
  await cut;
  await using second = await spawnCoordinator(database.databaseUrl, env);
  expect(await second.sql("select * from uploads")).toEqual([]);
  expect(filesIn(folder.path)).toHaveLength(1);
  expect(filesIn(join(folder.path, "incoming"))).toHaveLength(1);
}, 60_000);

test("a connection that is cut leaves nothing at all", async () => {
  using folder = temporaryFolder();
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_BLOBS: folder.path });
  const form = (text: string) => `--b\r\nContent-Disposition: form-data; name="f"; filename="cut.pdf"\r\n\r\n${text}`;
  for (const [head, body] of [
    ["Content-Length: 1000000", "x".repeat(300_000)],
    ["Transfer-Encoding: chunked", `493e0\r\n${"x".repeat(300_000)}\r\n`],
    ["Transfer-Encoding: chunked", `493e0\r\n${"x".repeat(100_000)}`],
    ["Content-Length: 1000000\r\nContent-Type: multipart/form-data; boundary=b", form("x".repeat(300_000))],
  ] as const) {
    const socket = connect(Number(new URL(coordinator.url).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(`POST /v1/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n${head}\r\n\r\n${body}`);
    await waitUntil(() => filesIn(folder.path).length > 0);
    socket.destroy();
    await waitUntil(() => filesIn(folder.path).length === 0);
  }
  expect(await coordinator.sql("select * from uploads")).toEqual([]);
  expect((await fetch(`${coordinator.url}/healthz`)).status).toBe(200);
}, 60_000);

test.skipIf(process.platform !== "linux")(
  "memory does not grow with what is uploaded",
  async () => {
    using folder = temporaryFolder();
    await using database = await coordinatorDatabase();
    await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_BLOBS: folder.path });
    await upload(coordinator, 1_000_000, "raw");
    const before = residentMb(coordinator.pid);
    for (const kind of ["raw", "form"] as const) {
      expect(await upload(coordinator, 300_000_000, kind)).toBe(true);
      // Half of what came: the heap grows by some tens of megabytes before it is collected, whatever the size.
      expect(residentMb(coordinator.pid, "VmHWM") - before).toBeLessThan(150);
    }
  },
  120_000,
);

/** Sends so many bytes as fast as they are taken. */
async function upload(coordinator: SpawnedCoordinator, bytes: number, kind: "raw" | "form"): Promise<boolean> {
  const chunk = new Uint8Array(500_000).fill(7);
  let sent = 0;
  const content = new ReadableStream({
    start(controller) {
      if (kind === "form") {
        controller.enqueue(
          Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="form.pdf"\r\n\r\nform'),
        );
      }
    },
    pull(controller) {
      if (sent >= bytes) {
        if (kind === "form") controller.enqueue(Buffer.from("\r\n--b--\r\n"));
        controller.close();
        return;
      }
      controller.enqueue(chunk);
      sent += chunk.length;
    },
  });
  const response = await fetch(`${coordinator.url}/v1/uploads`, {
    method: "POST",
    headers: {
      authorization,
      "content-type": kind === "form" ? "multipart/form-data; boundary=b" : "application/octet-stream",
    },
    body: content,
  });
  return (await response.text()).includes(`"sizeBytes":${bytes + (kind === "form" ? 4 : 0)}`);
}
