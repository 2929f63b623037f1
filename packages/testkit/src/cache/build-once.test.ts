import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildOnce } from "./build-once.ts";

function folder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "sluice-build-once-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

test("those who come at once build once, and none sees a half of it", async () => {
  using at = folder();
  const place = join(at.path, "tool-1.0");
  let builds = 0;
  const build = async (scratch: string) => {
    builds += 1;
    expect(existsSync(place)).toBe(false);
    await Bun.sleep(50);
    writeFileSync(join(scratch, "program"), "x");
  };
  const got = await Promise.all([1, 2, 3].map(() => buildOnce(place, build)));
  expect(got).toEqual([place, place, place]);
  expect(builds).toBe(1);
  expect(readdirSync(at.path)).toEqual(["tool-1.0"]);
});

test("a build that fails leaves nothing, and is tried again", async () => {
  using at = folder();
  const place = join(at.path, "tool");
  await expect(buildOnce(place, () => Promise.reject(new Error("no compiler")))).rejects.toThrow("no compiler");
  expect(readdirSync(at.path)).toEqual([]);
  await buildOnce(place, async (scratch) => writeFileSync(join(scratch, "program"), "x"));
  expect(existsSync(join(place, "program"))).toBe(true);
});

test("the lock of one that has died is no lock", async () => {
  using at = folder();
  const place = join(at.path, "tool");
  const dead = Bun.spawn(["true"]);
  await dead.exited;
  writeFileSync(`${place}.lock`, String(dead.pid));
  await buildOnce(place, async (scratch) => writeFileSync(join(scratch, "program"), "x"));
  expect(readdirSync(at.path)).toEqual(["tool"]);
});
