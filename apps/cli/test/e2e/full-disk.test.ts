/** A disk that fills up, at the start and in mid-run: a clear end, and nothing lost once there is space. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { manyDocuments } from "./many-documents.ts";
import { jsonOf, runCli } from "./run-cli.ts";

const DOCUMENTS = 1_500;

const scratch = temporaryFolder();
const disk = join(scratch.path, "disk");
const folder = join(scratch.path, "documents");
const place = ["--data-dir", join(disk, "data")];

/** A small disk of its own, which needs root on Linux. */
function mounted(...args: string[]): boolean {
  return Bun.spawnSync(["mount", ...args], { stdout: "ignore", stderr: "ignore" }).success;
}

await mkdir(disk);
const canMount =
  process.platform === "linux" && process.getuid?.() === 0 && mounted("-t", "tmpfs", "-o", "size=12m", "tmpfs", disk);
if (!canMount) process.stderr.write("full-disk.test.ts is skipped: mounting a small disk needs root on Linux\n");

beforeAll(() => manyDocuments(folder, DOCUMENTS));
afterAll(() => {
  if (canMount) Bun.spawnSync(["umount", disk]);
  scratch[Symbol.dispose]();
});

describe.skipIf(!canMount)("a full disk", () => {
  test("at the start", async () => {
    const result = await runCli(["db", "start", "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ error: { code: "DISK_FULL" }, exit: 3 });
  });

  test("in mid-run; with space again, the next run ends balanced", async () => {
    // Room for the database and a part of what it is about to hold.
    expect(mounted("-o", "remount,size=54m", disk)).toBe(true);
    const result = await runCli(["classify", folder, "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ error: { code: "DISK_FULL" }, exit: 3 });

    expect(mounted("-o", "remount,size=400m", disk)).toBe(true);
    const again = jsonOf(await runCli(["classify", folder, "--json", ...place]));
    expect(again).toMatchObject({ documents: DOCUMENTS, failed: 0, exit: 0 });
    expect(Number(again["succeeded"]) + Number(again["unchanged"])).toBe(DOCUMENTS);
    expect(jsonOf(await runCli(["audit", "latest", "--json", ...place]))).toMatchObject({ balanced: true });
  }, 120_000);

  test("in mid-run, with room for PostgreSQL's log but not for its tables: it lives, and the run ends all the same", async () => {
    await rm(join(disk, "data"), { recursive: true });
    expect(mounted("-o", "remount,size=66m", disk)).toBe(true);
    const result = await runCli(["classify", folder, "--json", ...place]);
    expect(jsonOf(result)).toMatchObject({ error: { code: "DISK_FULL" }, exit: 3 });
  }, 90_000);
});
