import { readFileSync, writeFileSync } from "node:fs";
import type { SluiceClient } from "@sluice/client";
import type { BatchStatus, ItemSubmission } from "@sluice/contracts";
import { startCluster } from "@sluice/launcher";
import { SQL } from "bun";
import { peakRssOf } from "../metrics/peak-rss.ts";
import { treeCpuSeconds } from "../metrics/tree-cpu.ts";
import { startSyntheticWorker, type SyntheticWorkerOptions } from "../workers/start-synthetic-worker.ts";
import { sourceVersionOf } from "../workers/synthetic-documents.ts";

export const ROLES = ["client", "coordinator", "postgres", "worker"] as const;
export type Role = (typeof ROLES)[number];
/** CPU seconds, user and system. */
export type CpuByRole = Record<Role, number>;

export interface StandWorker {
  /** How many it has answered. */
  documents(): Promise<number>;
  stop(): Promise<void>;
}

/** A coordinator on a database of its own and synthetic workers, as processes; this process is the client. */
export interface SyntheticStand extends AsyncDisposable {
  readonly client: SluiceClient;
  /** Where its coordinator listens, and a token for calls that the client does not know. */
  readonly url: string;
  readonly token: string;
  /** On the database of the stand, as its owner. */
  readonly sql: SQL;
  /** Used so far. */
  cpu(): CpuByRole;
  /** Peak since the start, or since it was last forgotten. */
  coordinatorRssMb(): number;
  forgetCoordinatorPeak(): void;
  /** Has another one in its place, with nothing in memory of what was done before. */
  replaceCoordinator(): Promise<void>;
  startWorker(options: Omit<SyntheticWorkerOptions, "coordinators" | "token">): Promise<StandWorker>;
}

/**
 * `serverUrl`: a PostgreSQL on this machine where databases may be made. The stand's goes with it. Nothing is made searchable
 * unless that is measured: it would begin between two rounds, and be in the next one's figures. `environment`: variables of the coordinator.
 */
export async function openSyntheticStand(
  serverUrl: string,
  { searchIndex = false, environment = {} }: { searchIndex?: boolean; environment?: Record<string, string> } = {},
): Promise<SyntheticStand> {
  const name = `sluice_bench_${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const admin = new SQL(serverUrl, { max: 1 });
  await admin.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const cluster = await startCluster({
    databaseUrl: url.href,
    workers: 0,
    logLevel: "warn",
    coordinatorEnvironment: { SLUICE_SEARCH_INDEX: searchIndex ? "1" : "0", ...environment },
  });
  const sql = new SQL(url.href, { max: 1 });
  const postmaster = await postmasterOf(sql);
  const coordinator = () => cluster.coordinator.pid;
  const workers: Awaited<ReturnType<typeof startSyntheticWorker>>[] = [];
  let workerSeconds = 0;
  return {
    client: cluster.client,
    url: cluster.url,
    token: cluster.adminToken,
    sql,
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return {
        client: (user + system) / 1e6,
        coordinator: treeCpuSeconds(coordinator()),
        postgres: treeCpuSeconds(postmaster),
        worker: workers.reduce((sum, worker) => sum + treeCpuSeconds(worker.pid), workerSeconds),
      };
    },
    coordinatorRssMb: () => peakRssOf(coordinator()) / 2 ** 20,
    // 5: the kernel's mark of the most begins anew at what there is.
    forgetCoordinatorPeak: () => writeFileSync(`/proc/${coordinator()}/clear_refs`, "5"),
    replaceCoordinator: async () => {
      const before = coordinator();
      process.kill(before, "SIGKILL");
      while (coordinator() === before) await Bun.sleep(20);
      // Sent again until somebody answers.
      await cluster.client.listBatches({ limit: 1 });
    },
    startWorker: async (options) => {
      const worker = await startSyntheticWorker({
        ...options,
        coordinators: [cluster.url],
        token: cluster.workerToken,
      });
      workers.push(worker);
      return {
        documents: async () => (await worker.stats()).reduce((sum, { documents }) => sum + documents, 0),
        stop: async () => {
          workerSeconds += treeCpuSeconds(worker.pid);
          workers.splice(workers.indexOf(worker), 1);
          await worker.stop();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await cluster.stop();
      await sql.end();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/** What was used between two looks. */
export function usedBetween(before: CpuByRole, after: CpuByRole): CpuByRole {
  return {
    client: after.client - before.client,
    coordinator: after.coordinator - before.coordinator,
    postgres: after.postgres - before.postgres,
    worker: after.worker - before.worker,
  };
}

/** Sources that only a synthetic worker can read, each with bytes and a size of its own. */
export function syntheticItems(count: number, folder: string, first = 0): ItemSubmission[] {
  return Array.from({ length: count }, (_, index) => {
    const sizeBytes = 50_000 + ((index * 7_919) % 100_003);
    const uri = `file:///synthetic/${folder}/${String(first + index).padStart(8, "0")}.pdf`;
    return { ordinal: first + index, uri, sizeBytes, sourceVersion: sourceVersionOf(sizeBytes) };
  });
}

/** Opens a batch, hands all items in, seals it, and waits for its end. */
export async function processItems(client: SluiceClient, items: readonly ItemSubmission[]): Promise<BatchStatus> {
  const { batch } = await client.openBatch();
  await client.appendItems(batch.batchId, items);
  await client.sealBatch(batch.batchId, items.length);
  for await (const status of client.watchBatch(batch.batchId)) if (status.state === "done") return status;
  throw new Error("the batch did not end");
}

/** The process that all of the server's belong to: the parent of the one that serves us. */
async function postmasterOf(sql: SQL): Promise<number> {
  const rows: { pid: number }[] = await sql`select pg_backend_pid() as pid`;
  const pid = rows[0]?.pid ?? 0;
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}
