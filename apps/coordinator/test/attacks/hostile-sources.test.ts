/**
 * Sources that are made to keep a coordinator busy: patterns without end, archives of nothing, links and devices where files
 * should be. Others are answered meanwhile, and nothing outside of the roots is told.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openBatchResponseSchema, uploadSchema } from "@sluice/contracts";
import type { TemporaryDatabase } from "@sluice/testkit";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { startFakeWorker } from "../support/fake-worker.ts";
import { type SpawnedCoordinator, spawnCoordinator } from "../support/spawned-coordinator.ts";
import { type Json, SUBMIT, waitUntil } from "../support/test-coordinator.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-hostile-sources-"));
const [root, outside] = [join(folder, "root"), join(folder, "outside")];
// What runs away takes minutes; a busy machine does not.
const LONGEST_MS = 10_000;
let database: TemporaryDatabase;
let coordinator: SpawnedCoordinator;
let worker: Awaited<ReturnType<typeof startFakeWorker>>;

beforeAll(async () => {
  for (const path of [root, outside]) mkdirSync(path);
  database = await coordinatorDatabase();
  coordinator = await spawnCoordinator(database.databaseUrl, {
    SLUICE_FILE_ROOTS: root,
    SLUICE_BLOBS: join(folder, "blobs"),
  });
  worker = await startFakeWorker(coordinator);
}, 60_000);

afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await coordinator[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A batch's listing once it has ended, and the longest that anybody else had to wait meanwhile. */
async function list(
  sources: string[],
  filter: Json = {},
): Promise<{ listing: Json; items: number; longestMs: number }> {
  const opened = await coordinator.json("POST", "/v1/batches", { sources, filter }, SUBMIT);
  const { batchId } = openBatchResponseSchema.parse(opened).batch;
  let longestMs = 0;
  let batch: Json = null;
  await waitUntil(async () => {
    const asked = performance.now();
    await fetch(`${coordinator.url}/healthz`, { signal: AbortSignal.timeout(30_000) });
    longestMs = Math.max(longestMs, performance.now() - asked);
    batch = await coordinator.json("GET", `/v1/batches/${batchId}`, undefined, SUBMIT);
    return batch.listing.state !== "listing";
  }, 40_000);
  return { listing: batch.listing, items: batch.items, longestMs };
}

test("patterns that would run away are matched in no time", async () => {
  const names = join(root, "names");
  mkdirSync(names);
  for (let index = 0; index < 20; index += 1) writeFileSync(join(names, `${"a".repeat(60)}-${index}`), "x");
  const include = ["((a+)+)+$", "(a+)+$", "+(a|a*)*(a|b)*+(a*)x", `${"*a".repeat(20)}*b`, `**/${"*a".repeat(20)}*b`];
  const { listing, longestMs } = await list([`file://${names}`], { include });
  expect(listing).toMatchObject({ state: "done", filtered: 20 });
  expect(longestMs).toBeLessThan(LONGEST_MS);
}, 60_000);

test("more pattern than anybody needs is refused", async () => {
  const filter = { include: Array.from({ length: 100 }, () => "*a".repeat(400)) };
  const answer = await coordinator.request("POST", "/v1/batches", { sources: [`file://${root}`], filter }, SUBMIT);
  expect([answer.status, ((await answer.json()) as Json).code]).toEqual([400, "BAD_REQUEST"]);
});

test("an archive of links or folders alone has an end", async () => {
  const header = Buffer.alloc(512);
  header.write("l");
  header.write("0000777\0", 100);
  header.write("00000000000\0", 124);
  header.write("        ", 148);
  header.write("2/etc/passwd", 156);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const packed = gzipSync(Buffer.concat(Array.from({ length: 300_000 }, () => header)), { level: 1 });
  const answer = await fetch(`${coordinator.url}/v1/uploads?name=links.tar.gz`, {
    method: "POST",
    headers: { authorization: `Bearer ${SUBMIT}`, "content-type": "application/octet-stream" },
    body: packed,
  });
  const { uri } = uploadSchema.parse(await answer.json());
  const { listing, longestMs } = await list([uri]);
  expect(listing).toMatchObject({ state: "failed", problems: [{ code: "ARCHIVE_LIMIT" }] });
  expect(longestMs).toBeLessThan(LONGEST_MS);
}, 60_000);

test("what is no file is no item, and what lies outside has no name", async () => {
  const odd = join(root, "odd");
  mkdirSync(join(outside, "secret-folder"), { recursive: true });
  mkdirSync(odd);
  writeFileSync(join(outside, "secret-folder", "secret-name.pdf"), "x");
  symlinkSync(outside, join(odd, "folder"));
  symlinkSync(join(outside, "secret-folder", "secret-name.pdf"), join(odd, "file.pdf"));
  symlinkSync("/proc/self", join(odd, "proc"));
  symlinkSync("/dev/zero", join(odd, "zero"));
  symlinkSync(odd, join(odd, "loop"));
  expect(Bun.spawnSync(["mkfifo", join(odd, "pipe"), join(odd, "pipe.zip")]).exitCode).toBe(0);
  writeFileSync(join(odd, "huge.zip"), "");
  truncateSync(join(odd, "huge.zip"), 2 ** 40);
  writeFileSync(join(odd, "plain.pdf"), "x");
  const { listing, items, longestMs } = await list([`file://${odd}`]);
  const told = JSON.stringify(listing);
  expect(told).not.toContain("secret-name");
  expect(told).not.toContain("proc/");
  expect(items).toBe(1);
  expect(longestMs).toBeLessThan(LONGEST_MS);
  for (const path of [`${root}/../outside`, outside, "/proc/self/environ", `${odd}/folder/secret-folder`]) {
    const other = await list([`file://${path}`]);
    expect([path, other.items, other.listing.problems[0]?.code]).toEqual([path, 0, "SOURCE_NOT_ALLOWED"]);
  }
}, 60_000);
