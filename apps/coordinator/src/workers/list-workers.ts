import type { WorkerRow } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { EXPIRES_AFTER_MS } from "./worker-lease.ts";

export interface KnownWorker extends WorkerRow {
  readonly classifiers: readonly string[];
  readonly dispatchToken: string;
}

// Workers come and go with every run on a laptop; the newest are what anybody looks for.
const LIMIT = 1_000;

/** Workers, the latest renewed first; `live` by the database's clock, so that all coordinators agree. */
export async function listWorkers(database: Database): Promise<KnownWorker[]> {
  try {
    const rows = await database.sql`
      select id, address, host, pid, slots, busy_slots, engine_version, classifiers, labellers, dispatch_token,
             registered_at, renewed_at, drain_asked_at is not null as draining,
             gone_at is null and renewed_at > now() - ${EXPIRES_AFTER_MS} * interval '1 ms' as live
        from workers
       order by renewed_at desc, id
       limit ${LIMIT}`;
    return rows.map((row) => ({
      workerId: row["id"],
      address: row["address"],
      host: row["host"],
      pid: row["pid"],
      slots: row["slots"],
      busySlots: row["busy_slots"],
      engineVersion: row["engine_version"],
      classifiers: row["classifiers"],
      labellers: row["labellers"],
      dispatchToken: row["dispatch_token"],
      registeredAt: row["registered_at"].toISOString(),
      renewedAt: row["renewed_at"].toISOString(),
      live: row["live"],
      draining: row["draining"],
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
