/** What is killed, from outside or by Ctrl-C, loses nothing that was done, and the next run ends balanced. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { isAlive } from "@sluice/launcher";
import { processTree, temporaryFolder, waitUntil } from "@sluice/testkit";
import { findRunningCluster } from "../../src/cluster/running-cluster.ts";
import { manyDocuments } from "./many-documents.ts";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const DOCUMENTS = 2_000;

const scratch = temporaryFolder();
const folder = join(scratch.path, "documents");
beforeAll(() => manyDocuments(folder, DOCUMENTS));
afterAll(() => scratch[Symbol.dispose]());

/** Starts a classification and waits until so many of its documents are stored. */
async function classifyUntil(settled: number, dataDir: string, json = true) {
  const cli = spawnCli(["classify", folder, "-w", "2", "--data-dir", dataDir, ...(json ? ["--json"] : [])]);
  let client: SluiceClient | null = null;
  await waitUntil(
    `${settled} documents are stored`,
    async () => {
      client ??= await findRunningCluster(dataDir);
      const [batch] = (await client?.listBatches({ limit: 1 })) ?? [];
      return cli.exitCode !== null || (batch !== undefined && batch.extract.succeeded >= settled);
    },
    { timeoutMs: 60_000, everyMs: 5 },
  );
  if (cli.exitCode !== null) throw new Error(`ended with ${cli.exitCode}: ${await cli.stderr.text()}`);
  return cli;
}

/** Runs it again to its end and checks that everything is there, once. */
async function expectRecovery(dataDir: string, kept: number) {
  const report = jsonOf(await runCli(["classify", folder, "-w", "2", "--data-dir", dataDir, "--json"]));
  // A duplicate would be a document that had been stored without its item.
  expect(report).toMatchObject({ documents: DOCUMENTS, failed: 0, duplicates: 0, cancelled: 0, pending: 0, exit: 0 });
  expect(Number(report["succeeded"]) + Number(report["unchanged"])).toBe(DOCUMENTS);
  expect(report["unchanged"]).toBeGreaterThanOrEqual(kept);
  const audit = await runCli(["audit", "latest", "--data-dir", dataDir, "--json"]);
  expect(jsonOf(audit)).toMatchObject({ balanced: true, items: DOCUMENTS });
}

describe("Ctrl-C", () => {
  test("keeps what is done, says how to go on, and ends with 130", async () => {
    const dataDir = join(scratch.path, "ctrl-c");
    const cli = await classifyUntil(50, dataDir, false);
    const children = processTree(cli.pid).map(({ pid }) => pid);
    cli.kill("SIGINT");
    const stdout = await cli.stdout.text();
    expect(stdout).toContain("interrupted");
    expect(stdout).toContain("run the same command again to go on");
    expect(await cli.exited).toBe(130);
    expect(children.length).toBeGreaterThan(3);
    await waitUntil("no child is left", () => !children.some(isAlive));
    await expectRecovery(dataDir, 50);
  });

  test("twice ends at once, and takes everything with it", async () => {
    const cli = await classifyUntil(1, join(scratch.path, "twice"));
    const children = processTree(cli.pid).map(({ pid }) => pid);
    cli.kill("SIGINT");
    cli.kill("SIGTERM");
    expect(await cli.exited).toBe(130);
    await waitUntil("no child is left", () => !children.some(isAlive), { timeoutMs: 15_000 });
  });
});

describe("kill -9", () => {
  test("of the whole tree at once", async () => {
    const dataDir = join(scratch.path, "tree");
    const cli = await classifyUntil(50, dataDir);
    for (const { pid } of processTree(cli.pid)) kill(pid);
    kill(cli.pid);
    await cli.exited;
    await expectRecovery(dataDir, 50);
  });

  test("of the CLI alone leaves no process behind", async () => {
    const dataDir = join(scratch.path, "cli");
    const cli = await classifyUntil(50, dataDir);
    const children = processTree(cli.pid).map(({ pid }) => pid);
    kill(cli.pid);
    await cli.exited;
    await waitUntil("no child is left", () => !children.some(isAlive), { timeoutMs: 15_000 });
    await expectRecovery(dataDir, 50);
  });

  test.each([
    ["an extractor", /extractors\/child/],
    ["the worker", /worker\/src\/main/],
    ["the coordinator", /coordinator\/src\/main/],
    ["PostgreSQL", /postgres -D|bin\/postgres/],
  ])("of %s in mid-run: it is replaced, and the run goes on to its end", async (name, pattern) => {
    const dataDir = join(scratch.path, name.replaceAll(" ", "-"));
    const cli = await classifyUntil(50, dataDir);
    const victim = processTree(cli.pid).find(({ command }) => pattern.test(command));
    if (victim === undefined) throw new Error(`no process of ${name}`);
    kill(victim.pid);
    const [stdout, stderr, exit] = await Promise.all([cli.stdout.text(), cli.stderr.text(), cli.exited]);
    expect(jsonOf({ stdout, stderr, exit })).toMatchObject({ documents: DOCUMENTS, succeeded: DOCUMENTS, exit: 0 });
    expect(processTree(process.pid).filter(({ command }) => command.includes(dataDir))).toEqual([]);
    await expectRecovery(dataDir, DOCUMENTS);
  });
});

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has died with its parent already.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
