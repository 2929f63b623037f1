import { afterAll, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "@sluice/contracts";
import { planExport, writeExport } from "./export-target.ts";

const folder = await mkdtemp(join(tmpdir(), "sluice-export-"));
afterAll(() => rm(folder, { recursive: true }));

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return "none";
}

describe("planExport", () => {
  test("the format follows the name unless it is given", async () => {
    expect((await planExport(join(folder, "a.csv"), undefined)).format).toBe("csv");
    expect((await planExport(join(folder, "a.ndjson"), undefined)).format).toBe("jsonl");
    expect((await planExport(join(folder, "a.parquet"), undefined)).format).toBe("parquet");
    expect((await planExport(join(folder, "a.csv"), "jsonl")).format).toBe("jsonl");
    expect((await planExport("-", undefined)).path).toBeNull();
  });

  test("what cannot be written is said before the work starts", async () => {
    expect(await codeOf(planExport(folder, undefined))).toBe("USAGE");
    expect(await codeOf(planExport(join(folder, "nowhere", "a.csv"), undefined))).toBe("PATH_NOT_FOUND");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("writeExport", () => {
  test("replaces a file in one step, through a link as well", async () => {
    const file = join(folder, "real.jsonl");
    const link = join(folder, "link.jsonl");
    await writeFile(file, "old");
    await symlink("real.jsonl", link);
    const target = await planExport(link, undefined);
    await writeExport(target, async (writer) => {
      await writer.write("new\n");
      expect(await readFile(file, "utf8")).toBe("old");
    });
    expect(await readFile(file, "utf8")).toBe("new\n");
    expect(await readlink(link)).toBe("real.jsonl");
  });

  test("a failure in the middle keeps the old file and leaves nothing behind", async () => {
    const file = join(folder, "kept.csv");
    await writeFile(file, "old");
    const target = await planExport(file, undefined);
    const failing = writeExport(target, async (writer) => {
      await writer.write("x".repeat(100_000));
      throw new AppError("UNREACHABLE", "the coordinator went away");
    });
    expect(await codeOf(failing)).toBe("UNREACHABLE");
    expect(await readFile(file, "utf8")).toBe("old");
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("a device is written, never replaced", async () => {
    const target = await planExport("/dev/null", "csv");
    expect(target.inPlace).toBe(true);
    await writeExport(target, (writer) => writer.write("x"));
    expect((await planExport("/dev/null", "csv")).inPlace).toBe(true);
  });

  test.skipIf(process.platform !== "linux")("a full disk has its own code", async () => {
    const target = await planExport("/dev/full", "csv");
    expect(await codeOf(writeExport(target, (writer) => writer.write("x".repeat(100_000))))).toBe("DISK_FULL");
  });
});
