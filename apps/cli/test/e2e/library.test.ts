/** The library as programs use it: on a cluster that runs, on one that it starts itself. node-package.test.ts has its npm package. */
import { afterAll, describe, expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { formatSummary, processDirectory, SluiceClient, type SubmissionCheckpoint } from "@sluice/client";
import { isAlive } from "@sluice/launcher";
import { processTree, startTestCluster, temporaryFolder, waitUntil } from "@sluice/testkit";
import { businessFolder } from "./business-folder.ts";
import { manyDocuments } from "./many-documents.ts";
import { jsonOf, runCli } from "./run-cli.ts";

/** Without it, what concerns Node is skipped. */
const NODE = Bun.which("node");
const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const scratch = temporaryFolder();
afterAll(() => scratch[Symbol.dispose]());
const folder = join(scratch.path, "documents");
await businessFolder(folder);
const many = join(scratch.path, "many");
await manyDocuments(many, 300);

const cluster = await startTestCluster();
describe("on a cluster that runs", () => {
  afterAll(() => cluster.stop());
  const { client } = cluster;

  test("a folder is handed in, waited for and read back", async () => {
    const { batch, items, listing } = await client.submitDirectory(folder, { name: "seven" });
    expect({ items, problems: listing.problemCount, name: batch.name }).toEqual({
      items: 7,
      problems: 0,
      name: "seven",
    });
    const seen: number[] = [];
    const done = await client.waitForBatch(batch.batchId, { onProgress: ({ settled }) => seen.push(settled) });
    expect(done).toMatchObject({ state: "done", items: 7, extract: { failed: 2 } });
    expect(seen.at(-1)).toBe(7);
    const rows = await Array.fromAsync(client.results(batch.batchId));
    expect(rows.map((row) => row.ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const report = await client.report(batch.batchId);
    expect(report).toMatchObject({ documents: 7, failed: 2, state: "done" });
    expect(report.documentsPerSecond).toBeGreaterThan(0);
    const text = formatSummary(report);
    expect(text).toStartWith(`7 documents done in `);
    expect(text).toContain(`${report.failures[0]?.code}  `);
    expect(text).toContain("2 failed");
  });

  test("a submission that broke off goes on from its checkpoint, and from no other list", async () => {
    const checkpoints: SubmissionCheckpoint[] = [];
    const stop = new AbortController();
    const broken = client.submitBatch(sources(12_000), {
      signal: stop.signal,
      onCheckpoint: (checkpoint) => {
        checkpoints.push(checkpoint);
        stop.abort(new Error("the client dies here"));
      },
    });
    expect(broken).rejects.toThrow("the client dies here");
    await broken.catch(() => {});
    const resume = checkpoints[0];
    if (resume === undefined) throw new Error("no checkpoint was told");
    expect(resume.items).toBeLessThan(12_000);

    const other = client.submitBatch(sources(12_000, 1), { resume });
    await expect(other).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(resume.batchId) });
    await expect(client.submitBatch(sources(3), { resume })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await client.getBatch(resume.batchId)).toMatchObject({ state: "open" });

    const { batch, items } = await client.submitBatch(sources(12_000), { resume });
    expect({ batchId: batch.batchId, items, stored: batch.items, state: batch.state }).toEqual({
      batchId: resume.batchId,
      items: 12_000,
      stored: 12_000,
      state: "sealed",
    });
    await client.cancelBatch(batch.batchId);
  });

  test("errors carry code and advice, and nothing is guessed from a message", async () => {
    const stranger = new SluiceClient({ baseUrl: cluster.url, token: "not-a-token" });
    await expect(stranger.submitDirectory(folder)).rejects.toMatchObject({
      name: "AppError",
      code: "UNAUTHORIZED",
      status: 401,
      advice: expect.stringContaining("Bearer"),
    });
    await expect(client.submitDirectory(join(scratch.path, "missing"))).rejects.toMatchObject({
      code: "PATH_NOT_FOUND",
    });
  });
});

describe("processDirectory", () => {
  test("starts what it needs, reads everything, stops it, and knows it the next time", async () => {
    const dataDir = join(scratch.path, "data");
    const settled: number[] = [];
    const options = {
      dataDir,
      workers: 4,
      maxConcurrent: 1,
      onProgress: (now: { settled: number }) => settled.push(now.settled),
    };
    const first = await processDirectory(many, options);
    expect(first).toMatchObject({ documents: 300, succeeded: 300, unchanged: 0, state: "done" });
    expect(settled.at(-1)).toBe(300);
    expect(await processDirectory(many, options)).toMatchObject({ documents: 300, succeeded: 0, unchanged: 300 });
  }, 120_000);

  test.skipIf(NODE === null)(
    "Node does so too, and nothing outlives it when it is killed",
    async () => {
      const program = await bundleForNode("killed-program.ts");
      const dataDir = join(scratch.path, "killed-data");
      const run = Bun.spawn([NODE ?? "node", program, process.execPath, MAIN, dataDir, many], { stdout: "pipe" });
      const reader = run.stdout.getReader();
      // The program says so as soon as the first document is stored.
      expect((await reader.read()).done).toBe(false);
      const started = processTree(run.pid).map(({ pid }) => pid);
      expect(started.length).toBeGreaterThan(3);
      run.kill("SIGKILL");
      await waitUntil("everything it started has ended", () => started.every((pid) => !isAlive(pid)));
      expect(jsonOf(await runCli(["audit", "latest", "--json", "--data-dir", dataDir]))).toMatchObject({
        balanced: true,
      });
    },
    120_000,
  );

  test("says why nothing could be started", async () => {
    const program = [process.execPath, MAIN];
    const dataDir = join(scratch.path, "no-data-dir");
    await mkdir(dataDir);
    await Bun.write(join(dataDir, "someone-elses-file"), "");
    await expect(processDirectory(many, { dataDir, program })).rejects.toMatchObject({ code: "DATA_DIR_UNUSABLE" });
    await expect(processDirectory(many, { program: ["/nonexistent/sluice"] })).rejects.toMatchObject({
      code: "START_FAILED",
      message: expect.stringContaining("/nonexistent/sluice"),
    });
  });
});

function* sources(count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) {
    yield { uri: `file:///nowhere/${index}.pdf`, sizeBytes: 1_000, sourceVersion: `1000:${index}` };
  }
}

async function bundleForNode(program: string): Promise<string> {
  const outfile = join(scratch.path, "node", program.replace(/\.ts$/, ".mjs"));
  const built = Bun.spawn(
    [process.execPath, "build", "--target", "node", "--outfile", outfile, join(import.meta.dir, "programs", program)],
    { stdout: "ignore", stderr: "pipe" },
  );
  if ((await built.exited) !== 0) throw new Error(await built.stderr.text());
  return outfile;
}
