import { AppError, workerIdSchema, workerRegistrationSchema, type WorkerRow } from "@sluice/contracts";
import { Hono } from "hono";
import { requireRole } from "../auth/require-role.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { registerWorker } from "../workers/register-worker.ts";
import { unregisterWorker } from "../workers/unregister-worker.ts";
import type { RouteParts } from "./parts.ts";

export function workerRoutes(parts: RouteParts): Hono {
  const { database, tokens } = parts;
  const routes = new Hono();

  routes.post("/", requireRole(tokens, "worker"), async (context) => {
    const worker = workerRegistrationSchema.parse(await context.req.json());
    const { isNew, ...lease } = await registerWorker(database, parts.allowsWorkerAddress, worker);
    if (isNew) await parts.workersChanged();
    return context.json(lease);
  });

  routes.get("/", requireRole(tokens, "submit"), async (context) => {
    const workers = await listWorkers(database);
    return context.json({ workers: workers.map(publicRow) });
  });

  routes.delete("/:id", requireRole(tokens, "worker", "admin"), async (context) => {
    const parsed = workerIdSchema.safeParse(context.req.param("id"));
    if (!parsed.success) throw new AppError("NOT_FOUND", "A worker's id is a UUID.");
    await unregisterWorker(database, parsed.data);
    await parts.workersChanged();
    return context.body(null, 204);
  });

  return routes;
}

/** Without the token that opens the worker. */
function publicRow(worker: KnownWorker): WorkerRow {
  const { dispatchToken: _dispatchToken, classifiers: _classifiers, ...row } = worker;
  return row;
}
