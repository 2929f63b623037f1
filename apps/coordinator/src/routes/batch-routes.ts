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
  openedOptionsSchema,
} from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { changePriority } from "../controls/change-priority.ts";
import { continueBatch } from "../controls/continue-batch.ts";
import { pauseBatch } from "../controls/pause-batch.ts";
import { resumeBatch } from "../controls/resume-batch.ts";
import { retryFailed } from "../controls/retry-failed.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { deleteBatch } from "../deletion/delete-batch.ts";
import { cancelBatch } from "../intake/cancel-batch.ts";
import { openBatch } from "../intake/open-batch.ts";
import { sealBatch } from "../intake/seal-batch.ts";
import { listBatchPage } from "../results/list-batch-page.ts";
import { StatusReader } from "../results/status-reader.ts";
import {
  type Api,
  apiRoutes,
  batchPath,
  forRoles,
  forRolesOnce,
  jsonAnswer,
  jsonBody,
  onceHeaders,
  problems,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Batches from their opening to their end. */
export function batchRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  addOpening(routes, parts);
  addReading(routes, parts);
  addDeletion(routes, parts);
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
    description:
      "Its options are frozen. Either it names `sources`, which the server lists before it seals the batch, or items are handed " +
      "in afterwards, and `seal` ends their submission.",
    ...forRolesOnce(parts, "submit"),
    request: { headers: onceHeaders, body: jsonBody(openBatchRequestSchema) },
    responses: { 201: jsonAnswer(openBatchResponseSchema, "The batch, open."), ...problems },
  });
  routes.openapi(open, async (context) => {
    const caller = context.get("caller");
    await parts.quotas.admitBatch(caller);
    const request = context.req.valid("json");
    const { batch, superseded } = await openBatch(parts, request, context.get("once"), {
      owner: caller.tokenId,
      visibleTo: seesOnly(caller),
    });
    for (const batchId of superseded) ended(parts, batchId);
    if (batch.status.listing !== null) parts.listSources();
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
        name: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .meta({ description: "A part of the name, in letters of any case." }),
        createdAfter: z.iso.datetime({ offset: true }).optional(),
        createdBefore: z.iso.datetime({ offset: true }).optional(),
        cursor: z.string().max(100).optional().meta({ description: "`next` of the page before." }),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
    },
    responses: {
      200: jsonAnswer(batchListSchema, "Batches as they stand, and where the next page begins."),
      ...problems,
    },
  });
  routes.openapi(list, async (context) => {
    const { state, name, createdAfter, createdBefore, cursor, limit } = context.req.valid("query");
    const page = await listBatchPage(parts.database, {
      state: state ?? null,
      name: name ?? null,
      createdAfter: createdAfter ?? null,
      createdBefore: createdBefore ?? null,
      visibleTo: seesOnly(context.get("caller")),
      cursor: cursor ?? null,
      limit,
    });
    return context.json(page, 200);
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
  const statuses = StatusReader.of(parts.database);
  routes.openapi(get, async (context) => context.json(await statuses.read(context.req.valid("param").id), 200));

  const options = createRoute({
    method: "get",
    path: "/{id}/options",
    tags: ["batches"],
    summary: "What a batch was opened with",
    description:
      "Frozen, with every default filled in; `taxonomy` null is the built-in one. Passwords are not among them.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 200: jsonAnswer(openedOptionsSchema, "Its options."), ...problems },
  });
  routes.openapi(options, async (context) =>
    context.json(await readBatchOptions(parts.database, context.req.valid("param").id), 200),
  );
}

function addDeletion(routes: Api, parts: RouteParts): void {
  const remove = createRoute({
    method: "delete",
    path: "/{id}",
    tags: ["batches"],
    summary: "Delete a batch that has ended, with what only it has stored",
    description:
      "It is gone at once for everybody; its rows go in steps afterwards, whatever dies. Documents that other batches have stay.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 202: { description: "It is gone, and its rows follow." }, ...problems },
  });
  routes.openapi(remove, async (context) => {
    const { id } = context.req.valid("param");
    await deleteBatch(parts.database, id);
    parts.logger.info({ batchId: id }, "the deletion of a batch was asked for");
    parts.batchDeleted();
    ended(parts, id);
    return context.body(null, 202);
  });
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
    ...forRolesOnce(parts, "submit"),
    request: { params: batchPath, headers: onceHeaders, body: jsonBody(retryBatchRequestSchema) },
    responses: { 200: jsonAnswer(retryBatchResponseSchema, "The batch, and how many are pending again."), ...problems },
  });
  routes.openapi(retry, async (context) => {
    const { id } = context.req.valid("param");
    const retried = await retryFailed(parts, id, context.req.valid("json"), context.get("once"));
    parts.changes.changed(id);
    return context.json({ batch: await readStatus(parts, id), retried }, 200);
  });

  const continueOn = createRoute({
    method: "post",
    path: "/{id}/continue",
    tags: ["batches"],
    summary: "Hand what is pending to a new batch on the build that workers run",
    ...forRolesOnce(parts, "submit"),
    request: { params: batchPath, headers: onceHeaders },
    responses: { 201: jsonAnswer(continueBatchResponseSchema, "The new batch."), ...problems },
  });
  routes.openapi(continueOn, async (context) => {
    const continues = context.req.valid("param").id;
    const { batchId, moved } = await continueBatch(parts, continues, context.get("once"));
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
