import { createRoute, z } from "@hono/zod-openapi";
import {
  workerIdSchema,
  workerListSchema,
  workerRegisteredSchema,
  workerRegistrationSchema,
  type WorkerRow,
} from "@sluice/contracts";
import { drainWorker } from "../workers/drain-worker.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { registerWorker } from "../workers/register-worker.ts";
import { unregisterWorker } from "../workers/unregister-worker.ts";
import { type Api, apiRoutes, forRoles, jsonAnswer, jsonBody, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const workerPath = z.object({ id: workerIdSchema });
/** Of what workers ask, who may be of a newer version: what is not known of it is dropped. */
const looseQuery = z.looseObject({});

/** The workers: how they come and go, and who they are. */
export function workerRoutes(parts: RouteParts): Api {
  const { database, tokens } = parts;
  const routes = apiRoutes();

  const register = createRoute({
    method: "post",
    path: "/",
    tags: ["workers"],
    summary: "Register a worker, and renew its registration",
    ...forRoles(tokens, "worker"),
    request: { query: looseQuery, body: jsonBody(workerRegistrationSchema) },
    responses: { 200: jsonAnswer(workerRegisteredSchema, "How long it holds."), ...problems },
  });
  routes.openapi(register, async (context) => {
    const worker = context.req.valid("json");
    const { isNew, ...lease } = await registerWorker(
      database,
      parts.allowsWorkerAddress,
      worker,
      context.get("caller").tokenId,
    );
    if (isNew) await parts.workersChanged();
    return context.json(lease, 200);
  });

  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["workers"],
    summary: "List workers",
    ...forRoles(tokens, "submit"),
    responses: { 200: jsonAnswer(workerListSchema, "Workers, those that are gone for a while included."), ...problems },
  });
  routes.openapi(list, async (context) => {
    const workers = await listWorkers(database);
    return context.json({ workers: workers.map(publicRow) }, 200);
  });

  const drain = createRoute({
    method: "post",
    path: "/{id}/drain",
    tags: ["workers"],
    summary: "Give a worker no more shards; it ends those it has and leaves",
    ...forRoles(tokens, "admin"),
    request: { params: workerPath },
    responses: { 204: { description: "It has been asked." }, ...problems },
  });
  routes.openapi(drain, async (context) => {
    await drainWorker(database, context.req.valid("param").id);
    await parts.workersChanged();
    return context.body(null, 204);
  });

  const unregister = createRoute({
    method: "delete",
    path: "/{id}",
    tags: ["workers"],
    summary: "Take a worker off the list",
    ...forRoles(tokens, "worker", "admin"),
    request: { params: workerPath, query: looseQuery },
    responses: { 204: { description: "It is gone." }, ...problems },
  });
  routes.openapi(unregister, async (context) => {
    const caller = context.get("caller");
    const own = caller.role === "admin" ? undefined : caller.tokenId;
    await unregisterWorker(database, context.req.valid("param").id, own);
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
