import { AppError, workerIdSchema, workerRegistrationSchema, type WorkerRow } from "@sluice/contracts";
import { type Context, Hono } from "hono";
import { requireRole } from "../auth/require-role.ts";
import { drainWorker } from "../workers/drain-worker.ts";
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

  routes.post("/:id/drain", requireRole(tokens, "admin"), async (context) => {
    await drainWorker(database, idOf(context));
    await parts.workersChanged();
    return context.body(null, 204);
  });

  routes.delete("/:id", requireRole(tokens, "worker", "admin"), async (context) => {
    await unregisterWorker(database, idOf(context));
    await parts.workersChanged();
    return context.body(null, 204);
  });

  return routes;
}

function idOf(context: Context): string {
  const parsed = workerIdSchema.safeParse(context.req.param("id"));
  if (!parsed.success) throw new AppError("NOT_FOUND", "A worker's id is a UUID.");
  return parsed.data;
}

/** Without the token that opens the worker. */
function publicRow(worker: KnownWorker): WorkerRow {
  const { dispatchToken: _dispatchToken, classifiers: _classifiers, ...row } = worker;
  return row;
}
