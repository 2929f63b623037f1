import { createRoute, z } from "@hono/zod-openapi";
import {
  BATCH_STATES,
  batchListSchema,
  type BatchStatus,
  batchStatusSchema,
  changeBatchRequestSchema,
  continueBatchResponseSchema,
  openBatchRequestSchema,
  openBatchResponseSchema,
  retryBatchRequestSchema,
  retryBatchResponseSchema,
  sealRequestSchema,
} from "@sluice/contracts";
import { changePriority } from "../controls/change-priority.ts";
import { continueBatch } from "../controls/continue-batch.ts";
import { pauseBatch } from "../controls/pause-batch.ts";
import { resumeBatch } from "../controls/resume-batch.ts";
import { retryFailed } from "../controls/retry-failed.ts";
import { listBatches, readBatch } from "../db/queries/read-batch.ts";
import { cancelBatch } from "../intake/cancel-batch.ts";
import { openBatch } from "../intake/open-batch.ts";
import { sealBatch } from "../intake/seal-batch.ts";
import { type Api, apiRoutes, batchPath, forRoles, jsonAnswer, jsonBody, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Batches from their opening to their end. */
export function batchRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  addOpening(routes, parts);
  addReading(routes, parts);
  addControls(routes, parts);
  addSecondTries(routes, parts);
  return routes;
}

function addOpening(routes: Api, parts: RouteParts): void {
  const open = createRoute({
    method: "post",
    path: "/",
    tags: ["batches"],
    summary: "Open a batch",
    description: "Its options are frozen; items are handed in afterwards, and `seal` ends their submission.",
    ...forRoles(parts.tokens, "submit"),
    request: { body: jsonBody(openBatchRequestSchema) },
    responses: { 201: jsonAnswer(openBatchResponseSchema, "The batch, open."), ...problems },
  });
  routes.openapi(open, async (context) => {
    const { batch, superseded } = await openBatch(parts, context.req.valid("json"));
    for (const batchId of superseded) ended(parts, batchId);
    parts.logger.info({ batchId: batch.status.batchId, superseded: superseded.length }, "a batch was opened");
    return context.json({ batch: batch.status, superseded }, 201);
  });

  const seal = createRoute({
    method: "post",
    path: "/{id}/seal",
    tags: ["batches"],
    summary: "End the submission of items",
    description: "Fails when the server has another count of items than the client. Sealing twice is sealing once.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath, body: jsonBody(sealRequestSchema) },
    responses: { 200: jsonAnswer(batchStatusSchema, "The batch."), ...problems },
  });
  routes.openapi(seal, async (context) => {
    const { id } = context.req.valid("param");
    const { items } = context.req.valid("json");
    const done = await sealBatch(parts.database, id, items);
    parts.logger.info({ batchId: id, items }, "a batch was sealed");
    if (done) parts.batchDone(id);
    parts.changes.changed(id);
    return context.json(await readStatus(parts, id), 200);
  });
}

function addReading(routes: Api, parts: RouteParts): void {
  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["batches"],
    summary: "List batches, the newest first",
    ...forRoles(parts.tokens, "submit"),
    request: {
      query: z.object({
        state: z.enum(BATCH_STATES).optional(),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
    },
    responses: { 200: jsonAnswer(batchListSchema, "Batches as they stand."), ...problems },
  });
  routes.openapi(list, async (context) => {
    const { state, limit } = context.req.valid("query");
    const batches = await listBatches(parts.database, { state: state ?? null, limit });
    return context.json({ batches: batches.map((batch) => batch.status) }, 200);
  });

  const get = createRoute({
    method: "get",
    path: "/{id}",
    tags: ["batches"],
    summary: "A batch as it stands",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 200: jsonAnswer(batchStatusSchema, "The batch."), ...problems },
  });
  routes.openapi(get, async (context) => context.json(await readStatus(parts, context.req.valid("param").id), 200));
}

function addControls(routes: Api, parts: RouteParts): void {
  const change = createRoute({
    method: "patch",
    path: "/{id}",
    tags: ["batches"],
    summary: "Change a batch's priority",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath, body: jsonBody(changeBatchRequestSchema) },
    responses: { 200: jsonAnswer(batchStatusSchema, "The batch."), ...problems },
  });
  routes.openapi(change, async (context) => {
    const { id } = context.req.valid("param");
    await changePriority(parts, id, context.req.valid("json").priority);
    parts.changes.changed(id);
    return context.json(await readStatus(parts, id), 200);
  });

  const controls = [
    { name: "pause", summary: "Hand out no more of a batch", control: pauseBatch },
    { name: "resume", summary: "Go on with a paused batch", control: resumeBatch },
    { name: "cancel", summary: "End a batch; what is stored stays", control: cancel },
  ] as const;
  for (const { name, summary, control } of controls) {
    const route = createRoute({
      method: "post",
      path: `/{id}/${name}`,
      tags: ["batches"],
      summary,
      description: "Doing it twice is doing it once.",
      ...forRoles(parts.tokens, "submit"),
      request: { params: batchPath },
      responses: { 200: jsonAnswer(batchStatusSchema, "The batch."), ...problems },
    });
    routes.openapi(route, async (context) => {
      const { id } = context.req.valid("param");
      await control(parts, id);
      parts.changes.changed(id);
      return context.json(await readStatus(parts, id), 200);
    });
  }
}

function addSecondTries(routes: Api, parts: RouteParts): void {
  const retry = createRoute({
    method: "post",
    path: "/{id}/retry",
    tags: ["batches"],
    summary: "Try failed items again",
    description: "All of them, or those with certain codes or ordinals; time and memory limits may be raised.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath, body: jsonBody(retryBatchRequestSchema) },
    responses: { 200: jsonAnswer(retryBatchResponseSchema, "The batch, and how many are pending again."), ...problems },
  });
  routes.openapi(retry, async (context) => {
    const { id } = context.req.valid("param");
    const retried = await retryFailed(parts, id, context.req.valid("json"));
    parts.changes.changed(id);
    return context.json({ batch: await readStatus(parts, id), retried }, 200);
  });

  const continueOn = createRoute({
    method: "post",
    path: "/{id}/continue",
    tags: ["batches"],
    summary: "Hand what is pending to a new batch on the build that workers run",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 201: jsonAnswer(continueBatchResponseSchema, "The new batch."), ...problems },
  });
  routes.openapi(continueOn, async (context) => {
    const continues = context.req.valid("param").id;
    const { batchId, moved } = await continueBatch(parts, continues);
    ended(parts, continues);
    return context.json({ batch: await readStatus(parts, batchId), continues, moved }, 201);
  });
}

async function cancel(parts: RouteParts, batchId: string): Promise<void> {
  await cancelBatch(parts, batchId);
  parts.logger.info({ batchId }, "a batch was cancelled");
  parts.abortBatch(batchId);
}

async function readStatus(parts: RouteParts, batchId: string): Promise<BatchStatus> {
  return (await readBatch(parts.database, batchId)).status;
}

function ended(parts: RouteParts, batchId: string): void {
  parts.abortBatch(batchId);
  parts.changes.changed(batchId);
}
