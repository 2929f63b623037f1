import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob } from "bun";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-bench-test-"));
  const [sample = ""] = [...new Glob("**/*.pdf").scanSync({ cwd: SAMPLES, absolute: true })].sort();
  await copyFile(sample, join(folder, "good.pdf"));
  await Bun.write(join(folder, "bad.pdf"), "this is no document");
  await Bun.write(join(folder, "truth", "good.txt"), "words that are not in it");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function bench(...options: string[]) {
  const env = { ...process.env, BENCH_PYTHON: "no-such-python" };
  const run = Bun.spawnSync([process.execPath, RUN, "extract", folder, ...options], { env });
  return { code: run.exitCode, stdout: run.stdout.toString(), stderr: run.stderr.toString() };
}

describe("bench extract", () => {
  test("prints one JSON object with the figures of each engine, and keeps texts and report", async () => {
    const texts = join(folder, "texts");
    const out = join(folder, "out");
    const options = ["--engines", "native", "--json", "--save-text", texts, "--output-dir", out, "--repeat", "2"];
    const { code, stdout } = bench(...options, "--truth", join(folder, "truth"));
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    const { engines } = JSON.parse(stdout) as { engines: Record<string, unknown>[] };
    expect(engines).toHaveLength(1);
    expect(engines[0]).toMatchObject({ name: "native", documents: 2, failed: 1 });
    for (const figure of ["pages", "cpuSeconds", "pagesPerCpuSecond", "peakRssBytes"]) {
      expect(engines[0]?.[figure], figure).toBeGreaterThan(0);
    }
    expect(engines[0]?.["failures"]).toEqual([{ document: "bad.pdf", reason: expect.stringMatching(/^[A-Z_]+: ./) }]);
    expect(engines[0]?.["rounds"]).toHaveLength(2);
    expect(engines[0]).toMatchObject({ quality: { all: { documents: 1 }, documents: [{ document: "good" }] } });
    expect(await Bun.file(join(texts, "native", "good.txt")).text()).toMatch(/\p{L}{3}/u);
    const kept = [...new Glob("*").scanSync(out)].sort();
    expect(kept).toEqual(["extract.json", "extract.md", "memory.svg", "quality.svg", "speed-quality.svg", "speed.svg"]);
  });

  test("an engine or folder that there is not is wrong use", () => {
    expect(bench("--engines", "native,nonsense")).toMatchObject({ code: 2, stdout: "" });
    expect(bench("--truth", join(folder, "nowhere"))).toMatchObject({ code: 2, stdout: "" });
  });

  test("a machine without an engine says so and how to get it", () => {
    const { code, stdout } = bench("--engines", "pypdfium2", "--json");
    expect(code).toBe(3);
    const [missing] = (JSON.parse(stdout) as { unavailable: { name: string; reason: string }[] }).unavailable;
    expect(missing).toMatchObject({ name: "pypdfium2", reason: expect.stringContaining("pip install pypdfium2==") });
  });
});
