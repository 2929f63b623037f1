import { afterAll, describe, expect, test } from "bun:test";
import { SluiceClient } from "@sluice/client";
import { createServer } from "node:net";
import {
  type Cluster,
  type ClusterPart,
  isAlive,
  locatePostgres,
  openDataDir,
  startCluster,
  startPostgres,
  stopPostgres,
} from "../src/index.ts";
import { runScript, scratchFolder, until, untilGone } from "./scratch.ts";

const QUICK = { postgresSettings: { fsync: "off" }, workers: 1 } as const;

/** A cluster that several tests use; each leaves it running. */
const folder = scratchFolder();
const restarted: ClusterPart[] = [];
const shared = startCluster({ dataDir: folder.path, onRestarted: (part) => restarted.push(part), ...QUICK });
afterAll(async () => {
  await (await shared).stop();
  folder[Symbol.dispose]();
});

const pidsOf = (cluster: Cluster) => [cluster.worker?.pid, cluster.coordinator.pid, cluster.postgres?.pid].map(Number);

describe("startCluster", () => {
  test("its parts run, and its worker is known", async () => {
    const cluster = await shared;
    expect(pidsOf(cluster).every((pid) => isAlive(pid))).toBe(true);
    expect(await cluster.client.listWorkers()).toMatchObject([{ address: cluster.worker?.url, live: true, slots: 1 }]);
  });

  test("the tokens have their roles, and no others are let in", async () => {
    const { url, workerToken } = await shared;
    const withToken = (token: string) => new SluiceClient({ baseUrl: url, token });
    await expect(withToken("a-token-of-nobody").listBatches()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(withToken(workerToken).openBatch()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("its data directory is taken", async () => {
    await shared;
    const second = startCluster({ dataDir: folder.path, ...QUICK });
    await expect(second).rejects.toMatchObject({ code: "DATA_DIR_IN_USE", context: { pid: process.pid } });
  });

  for (const part of ["worker", "coordinator", "postgres"] as const) {
    test(`a ${part} that is killed comes back, under the same address of the coordinator`, async () => {
      const cluster = await shared;
      const before = pidsOf(cluster);
      const { url } = cluster;
      restarted.length = 0;
      process.kill(Number(cluster[part]?.pid), "SIGKILL");
      await until(`the ${part} is back`, () => restarted.includes(part));
      expect(restarted).toEqual([part]);
      await until("a worker is known again", async () => {
        const workers = await cluster.client.listWorkers().catch(() => []);
        return workers.some((row) => row.live && row.address === cluster.worker?.url);
      });
      expect(cluster.url).toBe(url);
      expect(pidsOf(cluster).filter((pid) => before.includes(pid)).length).toBe(2);
      await cluster.client.listBatches();
    });
  }
});

describe("ends", () => {
  test("kill -9 of the process that started it leaves nothing, in mid-start too", async () => {
    using own = scratchFolder();
    const body = `const cluster = await launcher.startCluster({ dataDir: ${JSON.stringify(own.path)}, workers: 2 });
      say(launcher.processCommand(cluster.postgres.pid) !== null); await Bun.sleep(600_000);`;
    const script = runScript(body);
    await script.next();
    const tree = descendants(script.child.pid);
    // Worker with its extractors, coordinator, PostgreSQL with its helpers, and who watches them.
    expect(tree.length).toBeGreaterThan(8);
    script.child.kill("SIGKILL");
    await untilGone(tree);

    const early = runScript(body);
    await until("its first parts are there", () => descendants(early.child.pid).length > 2);
    const started = descendants(early.child.pid);
    early.child.kill("SIGKILL");
    await untilGone(started);
    const again = await startCluster({ dataDir: own.path, ...QUICK });
    await again.stop();
  });

  test("stop leaves nothing, and gives the data directory back", async () => {
    using own = scratchFolder();
    const cluster = await startCluster({ dataDir: own.path, ...QUICK });
    const pids = pidsOf(cluster);
    await Promise.all([cluster.stop(), cluster.stop()]);
    expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
    await using dataDir = await openDataDir(own.path);
    await using inOwnHands = await startCluster({ dataDir, ...QUICK, workers: 0 });
    expect(inOwnHands.worker).toBeNull();
  });

  test("a PostgreSQL that `db start` made is used, and left running", async () => {
    using own = scratchFolder();
    const detached = await startPostgres({ dataDir: own.path, exitWithParent: false, settings: { fsync: "off" } });
    const cluster = await startCluster({ dataDir: own.path, ...QUICK });
    expect(cluster.postgres).toMatchObject({ pid: detached.pid, reused: true });
    await cluster.stop();
    expect(await locatePostgres(own.path)).toMatchObject({ pid: detached.pid });
    expect(await stopPostgres(own.path)).toBe(true);
  });

  test("with restart: false a death is told", async () => {
    using own = scratchFolder();
    await using cluster = await startCluster({ dataDir: own.path, ...QUICK, restart: false, workers: 0 });
    process.kill(cluster.coordinator.pid, "SIGKILL");
    const failure = await cluster.failure;
    expect(failure.code).toBe("START_FAILED");
    expect(failure.message).toContain("coordinator.log");
  });
});

describe("failed starts leave nothing", () => {
  test("a port that is taken", async () => {
    using own = scratchFolder();
    const server = createServer();
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(startCluster({ dataDir: own.path, port, ...QUICK })).rejects.toMatchObject({ code: "PORT_IN_USE" });
    server.close();
    await using dataDir = await openDataDir(own.path);
    expect(await startable(dataDir.path)).toBe(true);
  });

  test("a worker whose configuration is refused, with its reason", async () => {
    using own = scratchFolder();
    const failed = startCluster({ dataDir: own.path, ...QUICK, workerEnvironment: { SLUICE_WORKERS: "many" } });
    await expect(failed).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringContaining("SLUICE_WORKERS"),
    });
    expect(await startable(own.path)).toBe(true);
  });

  test("a database that does not answer, and neither place nor database", async () => {
    const failed = startCluster({
      databaseUrl: "postgres://u:p@127.0.0.1:1/d",
      workers: 0,
      coordinatorEnvironment: { SLUICE_DB_WAIT_SECONDS: "0" },
    });
    await expect(failed).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    await expect(startCluster({})).rejects.toMatchObject({ code: "USAGE" });
  });

  test("a coordinator that loses its patience before the database is there is started again", async () => {
    using own = scratchFolder();
    const impatient = { coordinatorEnvironment: { SLUICE_DB_WAIT_SECONDS: "0" }, workers: 0 };
    await using cluster = await startCluster({ dataDir: own.path, ...QUICK, ...impatient });
    expect(await cluster.client.listBatches()).toEqual([]);
  });

  test("given up from outside", async () => {
    using own = scratchFolder();
    const controller = new AbortController();
    const started = startCluster({ dataDir: own.path, ...QUICK, signal: controller.signal });
    await Bun.sleep(50);
    controller.abort(new Error("changed my mind"));
    await expect(started).rejects.toThrow("changed my mind");
    expect(await startable(own.path)).toBe(true);
  });
});

/** Nothing runs on the data directory and nobody holds it. */
async function startable(dataDir: string): Promise<boolean> {
  const holders = Bun.spawnSync(["pgrep", "-f", `${dataDir}/postgres`])
    .stdout.toString()
    .trim();
  return holders === "";
}

function descendants(pid: number): number[] {
  const children = Bun.spawnSync(["pgrep", "-P", String(pid)])
    .stdout.toString()
    .trim();
  if (children === "") return [];
  return children
    .split("\n")
    .map(Number)
    .flatMap((child) => [child, ...descendants(child)]);
}
