/** The same programs apart: a coordinator with workers that join it, and clients that come from outside. */
import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { SluiceClient } from "@sluice/client";
import { processTree, temporaryFolder, waitUntil } from "@sluice/testkit";
import { businessFolder } from "./business-folder.ts";
import { manyDocuments } from "./many-documents.ts";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const scratch = temporaryFolder();
const dataDir = join(scratch.path, "data");
const folder = join(scratch.path, "documents");
await businessFolder(folder);
const up = spawnCli(["up", "-w", "1", "--port", "0", "--data-dir", dataDir]);
const announced = up.stdout
  .pipeThrough(new TextDecoderStream() as never)
  .getReader() as ReadableStreamDefaultReader<string>;
let banner = "";
while (!/Worker token\s+\S+/.test(banner)) {
  const { value, done } = await announced.read();
  if (done) throw new Error(`up ended: ${await up.stderr.text()}`);
  banner += value;
}
announced.releaseLock();
const url = /http:\/\/\S+/.exec(banner)?.[0] ?? "";
const token = /^Token\s+(\S+)/m.exec(banner)?.[1] ?? "";
const workerToken = /Worker token\s+(\S+)/.exec(banner)?.[1] ?? "";
const server = ["--server", url, "--token", token];

afterAll(async () => {
  up.kill("SIGTERM");
  expect(await up.exited).toBe(0);
  scratch[Symbol.dispose]();
});

describe("a running cluster", () => {
  test.skipIf(process.platform !== "linux")("costs next to nothing while there is nothing to do", async () => {
    // Fields 14 and 15 of proc(5): hundredths of a second of CPU.
    const spent = async () => {
      const fields = (await Bun.file(`/proc/${up.pid}/stat`).text()).split(") ")[1]?.split(" ") ?? [];
      return Number(fields[11]) + Number(fields[12]);
    };
    const before = await spent();
    await Bun.sleep(3_000);
    expect((await spent()) - before).toBeLessThan(20);
  });

  test("shows its workers before anything was handed in", async () => {
    expect(jsonOf(await runCli(["status", "--json", ...server]))).toMatchObject({
      batch: null,
      workers: [{ slots: 1 }],
    });
    expect((await runCli(["status", ...server])).stdout).toStartWith("no batch yet");
  });

  test("is used by --server, by the environment, and through its data directory", async () => {
    const report = jsonOf(await runCli(["classify", folder, "--json", ...server]));
    expect(report).toMatchObject({ documents: 7, failed: 2, exit: 1 });
    const byEnvironment = await runCli(["audit", "latest", "--json"], {
      env: { SLUICE_SERVER: url, SLUICE_TOKEN: token },
    });
    expect(jsonOf(byEnvironment)).toMatchObject({ batchId: report["batchId"], balanced: true });
    const byDataDir = await runCli(["status", "--json", "--data-dir", dataDir]);
    expect(jsonOf(byDataDir)).toMatchObject({ batch: { batchId: report["batchId"] }, workers: [{ slots: 1 }] });
  });

  test("refuses a token that it does not know", async () => {
    const result = await runCli(["batches", "--json", "--server", url, "--token", "not-a-token-of-this-server"]);
    expect(jsonOf(result)).toMatchObject({ error: { code: "UNAUTHORIZED" }, exit: 2 });
  });

  test("a worker joins, works, and leaves", async () => {
    const worker = spawnCli(["worker", "--coordinator", url, "--token", workerToken, "-w", "2"]);
    const client = new SluiceClient({ baseUrl: url, token });
    try {
      await waitUntil("the worker has joined", async () => (await liveWorkers(client)) === 2);
      expect(jsonOf(await runCli(["classify", folder, "--force", "--json", ...server]))).toMatchObject({
        documents: 7,
      });
    } finally {
      worker.kill("SIGTERM");
      await worker.exited;
    }
    await waitUntil("the worker has left", async () => (await liveWorkers(client)) === 1);
  });
});

describe("a worker whose token is in a file", () => {
  test("joins, and is told when there is no token at all, or one too many", async () => {
    const tokenFile = join(scratch.path, "worker-token");
    await Bun.write(tokenFile, `${workerToken}\n`);
    const command = ["worker", "--coordinator", url, "-w", "1"];
    const worker = spawnCli(command, { env: { SLUICE_TOKEN_FILE: tokenFile } });
    const client = new SluiceClient({ baseUrl: url, token });
    try {
      await waitUntil("the worker has joined", async () => (await liveWorkers(client)) === 2);
    } finally {
      worker.kill("SIGTERM");
      await worker.exited;
    }
    expect(await runCli(command)).toMatchObject({ exit: 2, stderr: expect.stringContaining("SLUICE_TOKEN_FILE") });
    const both = await runCli(command, { env: { SLUICE_TOKEN: workerToken, SLUICE_TOKEN_FILE: tokenFile } });
    expect(both).toMatchObject({ exit: 2, stderr: expect.stringContaining("both given") });
  });
});

describe("one of two workers killed in mid-run", () => {
  test("loses nothing: the other one reads the rest, and the audit balances", async () => {
    const many = join(scratch.path, "many");
    await manyDocuments(many, 1_500);
    const worker = spawnCli(["worker", "--coordinator", url, "--token", workerToken, "-w", "1"]);
    const client = new SluiceClient({ baseUrl: url, token });
    await waitUntil("the worker has joined", async () => (await liveWorkers(client)) === 2);
    const run = spawnCli(["classify", many, "--json", ...server]);
    await waitUntil("some of it is stored", async () => {
      const [batch] = await client.listBatches({ limit: 1 });
      return run.exitCode !== null || (batch?.name?.includes("many") === true && batch.extract.succeeded > 0);
    });
    expect(run.exitCode).toBeNull();
    for (const { pid } of processTree(worker.pid)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // An extractor that has just been replaced.
      }
    }
    worker.kill("SIGKILL");
    const report = JSON.parse(await run.stdout.text());
    expect(report).toMatchObject({ documents: 1_500, succeeded: 1_500, failed: 0, duplicates: 0, exit: 0 });
    expect(jsonOf(await runCli(["audit", report.batchId, "--json", ...server]))).toMatchObject({ balanced: true });
  });
});

async function liveWorkers(client: SluiceClient): Promise<number> {
  return (await client.listWorkers()).filter(({ live }) => live).length;
}
