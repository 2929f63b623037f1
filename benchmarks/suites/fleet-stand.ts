import { join } from "node:path";
import type { SluiceClient } from "@sluice/client";
import { startCluster, startCoordinator } from "@sluice/launcher";
import { parseMetrics, waitUntil } from "@sluice/testkit";
import { SQL } from "bun";
import { treeCpuSeconds } from "../metrics/tree-cpu.ts";
import { startSyntheticWorker, type SyntheticWorker } from "../workers/start-synthetic-worker.ts";

/** CPU seconds, user and system, of all processes of a role. */
export interface FleetCpu {
  coordinators: number;
  postgres: number;
  workers: number;
}

/** Coordinators on one database of their own, and synthetic workers that all of them may use. */
export interface FleetStand extends AsyncDisposable {
  readonly client: SluiceClient;
  readonly sql: SQL;
  readonly workers: SyntheticWorker;
  readonly coordinatorPids: readonly number[];
  cpu(): FleetCpu;
}

export async function openFleetStand(
  folder: string,
  options: { coordinators: number; workers: number; slots: number; msPerDocument: number; pages: number },
): Promise<FleetStand> {
  await using opened = new AsyncDisposableStack();
  const cluster = opened.use(await startCluster({ dataDir: join(folder, "data"), workers: 0, logLevel: "warn" }));
  const { adminToken: admin, workerToken: worker, databaseUrl } = cluster;
  const others = [];
  for (let index = 1; index < options.coordinators; index += 1) {
    const other = await startCoordinator({
      databaseUrl,
      tokens: { admin, worker },
      spoolDir: folder,
      logLevel: "warn",
      log: { file: join(folder, `coordinator-${index}.log`) },
    });
    opened.defer(() => other.stop());
    others.push(other);
  }
  const sql = new SQL(databaseUrl, { max: 1 });
  opened.defer(() => sql.end());
  const workers = opened.use(
    await startSyntheticWorker({
      coordinators: [cluster.url, ...others.map(({ url }) => url)],
      token: worker,
      workers: options.workers,
      slots: options.slots,
      msPerDocument: options.msPerDocument,
      pages: options.pages,
    }),
  );
  // A coordinator that does not know them yet forms shards for nobody: a few large ones.
  for (const url of [cluster.url, ...others.map((other) => other.url)]) {
    await waitUntil("a coordinator knows every slot", async () => {
      const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${admin}` } });
      const samples = parseMetrics(await answer.text()).get("sluice_fleet_slots")?.samples ?? [];
      return samples.reduce((sum, { value }) => sum + value, 0) === options.workers * options.slots;
    });
  }
  const coordinatorPids = [cluster.coordinator.pid, ...others.map(({ pid }) => pid)];
  const postmaster = cluster.postgres?.pid ?? 0;
  const parts = opened.move();
  return {
    client: cluster.client,
    sql,
    workers,
    coordinatorPids,
    cpu: () => ({
      coordinators: coordinatorPids.reduce((sum, pid) => sum + treeCpuSeconds(pid), 0),
      postgres: treeCpuSeconds(postmaster),
      workers: treeCpuSeconds(workers.pid),
    }),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
