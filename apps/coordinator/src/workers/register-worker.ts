import { AppError, PROTOCOL_VERSION, type WorkerRegistration } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { AddressAllowList } from "./address-allow-list.ts";
import { EXPIRES_AFTER_MS, RENEW_EVERY_MS } from "./worker-lease.ts";

/**
 * Takes a worker in, or renews it; `isNew` says which. A new one takes the place of any other of the same token at its address.
 * PROTOCOL_MISMATCH, or FORBIDDEN for an address outside the allow-list and for an id that is another worker's: only the
 * process that registered with it knows its dispatch token.
 */
export async function registerWorker(
  database: Database,
  allows: AddressAllowList,
  worker: WorkerRegistration,
  registeredBy: string | null = null,
): Promise<{ renewEveryMs: number; expiresAfterMs: number; drain: boolean; isNew: boolean }> {
  if (worker.protocol !== PROTOCOL_VERSION) {
    throw new AppError(
      "PROTOCOL_MISMATCH",
      `The worker speaks protocol ${worker.protocol}, this coordinator ${PROTOCOL_VERSION}.`,
    );
  }
  if (!allows(worker.address)) {
    throw new AppError("FORBIDDEN", `Workers at ${worker.address} are not allowed; extend SLUICE_WORKER_ADDRESSES.`);
  }
  const labellers = JSON.parse(JSON.stringify(worker.labellers ?? []));
  try {
    const [row] = await database.sql<{ is_new: boolean; drain: boolean }[]>`
      with taken as (
        insert into workers (id, address, host, pid, slots, busy_slots, engine_version, classifiers, labellers,
                             dispatch_token, registered_by)
        values (${worker.workerId}, ${worker.address}, ${worker.host}, ${worker.pid}, ${worker.slots},
                ${worker.busySlots}, ${worker.engineVersion}, ${worker.classifiers}, ${database.sql.json(labellers)}, ${worker.dispatchToken},
                ${registeredBy})
        on conflict (id) do update set
          address = excluded.address, host = excluded.host, pid = excluded.pid, slots = excluded.slots,
          busy_slots = excluded.busy_slots, engine_version = excluded.engine_version,
          classifiers = excluded.classifiers, labellers = excluded.labellers, renewed_at = now(), gone_at = null
          where workers.dispatch_token = excluded.dispatch_token
        returning id, address, registered_by, xmax = 0 as is_new, drain_asked_at is not null as drain),
      -- A worker that was killed and started again listens where it did: what is sent to its former self would reach it.
      replaced as (
        update workers w set gone_at = now() from taken t
         where t.is_new and w.address = t.address and w.id <> t.id and w.gone_at is null
           and w.registered_by is not distinct from t.registered_by)
      select is_new, drain from taken`;
    if (row === undefined) {
      throw new AppError(
        "FORBIDDEN",
        `The id ${worker.workerId} is another worker's; a worker has a new one at each start.`,
      );
    }
    return {
      renewEveryMs: RENEW_EVERY_MS,
      expiresAfterMs: EXPIRES_AFTER_MS,
      drain: row.drain,
      isNew: row.is_new,
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
