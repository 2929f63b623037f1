import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cluster, startCluster, type StartClusterOptions } from "@sluice/launcher";
import { temporaryDatabase } from "./temporary-database.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface TestCluster extends Cluster {
  /** What a part has logged so far. */
  log(part: "coordinator" | "worker"): string;
}

export type TestClusterOptions = Omit<StartClusterOptions, "dataDir" | "databaseUrl" | "logDir">;

/**
 * Coordinator and worker as processes, on a database of their own in the test process's PostgreSQL; one extractor unless
 * said otherwise. Everything goes with its scope (`await using`).
 */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const database = await temporaryDatabase();
  const logs = temporaryFolder();
  const cleanUp = async () => {
    logs[Symbol.dispose]();
    await database[Symbol.asyncDispose]();
  };
  let cluster: Cluster;
  try {
    cluster = await startCluster({ workers: 1, ...options, databaseUrl: database.databaseUrl, logDir: logs.path });
  } catch (error) {
    await cleanUp();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= cluster.stop().then(cleanUp));
  return {
    url: cluster.url,
    adminToken: cluster.adminToken,
    workerToken: cluster.workerToken,
    databaseUrl: cluster.databaseUrl,
    client: cluster.client,
    logDir: cluster.logDir,
    failure: cluster.failure,
    get coordinator() {
      return cluster.coordinator;
    },
    get worker() {
      return cluster.worker;
    },
    get postgres() {
      return cluster.postgres;
    },
    log: (part) => readFileSync(join(cluster.logDir, `${part}.log`), "utf8"),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
