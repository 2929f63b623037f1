import {
  AppError,
  BATCH_STATES,
  type BatchStatus,
  batchIdSchema,
  changeBatchRequestSchema,
  EXTRACT_STATES,
  openBatchRequestSchema,
  ordinalSchema,
  retryBatchRequestSchema,
  sealRequestSchema,
} from "@sluice/contracts";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { requireRole } from "../auth/require-role.ts";
import { changePriority } from "../controls/change-priority.ts";
import { continueBatch } from "../controls/continue-batch.ts";
import { pauseBatch } from "../controls/pause-batch.ts";
import { resumeBatch } from "../controls/resume-batch.ts";
import { retryFailed } from "../controls/retry-failed.ts";
import { listBatches, readBatch } from "../db/queries/read-batch.ts";
import { sseResponse } from "../events/sse-response.ts";
import { watchBatch } from "../events/watch-batch.ts";
import { appendItems } from "../intake/append-items.ts";
import { cancelBatch } from "../intake/cancel-batch.ts";
import { openBatch } from "../intake/open-batch.ts";
import { parseItems } from "../intake/parse-items.ts";
import { sealBatch } from "../intake/seal-batch.ts";
import { auditBatch } from "../results/audit-batch.ts";
import { ndjsonResponse } from "../results/ndjson-response.ts";
import { readFailures } from "../results/read-failures.ts";
import { readItem } from "../results/read-item.ts";
import { readResults } from "../results/read-results.ts";
import { summarizeBatch } from "../results/summarize-batch.ts";
import type { RouteParts } from "./parts.ts";

const listQuerySchema = z.object({
  state: z.enum(BATCH_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const resultsQuerySchema = z.object({
  state: z.enum(EXTRACT_STATES).optional(),
  after: z.coerce.number().int().min(-1).default(-1),
});
const failuresQuerySchema = z.object({
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(100_000).default(100_000),
});

export function batchRoutes(parts: RouteParts): Hono {
  const { database, changes } = parts;
  const routes = new Hono();
  routes.use("*", requireRole(parts.tokens, "submit"));

  routes.post("/", async (context) => {
    const request = openBatchRequestSchema.parse(await context.req.json());
    const { batch, superseded } = await openBatch(parts, request);
    for (const batchId of superseded) ended(parts, batchId);
    parts.logger.info({ batchId: batch.status.batchId, superseded: superseded.length }, "a batch was opened");
    return context.json({ batch: batch.status, superseded }, 201);
  });

  routes.get("/", async (context) => {
    const { state, limit } = listQuerySchema.parse(context.req.query());
    const batches = await listBatches(database, { state: state ?? null, limit });
    return context.json({ batches: batches.map((batch) => batch.status) });
  });

  routes.get("/:id", async (context) => context.json(await readStatus(parts, idOf(context))));

  routes.post("/:id/items", async (context) => {
    const batchId = idOf(context);
    const response = await parts.backPressure.admit(async () =>
      appendItems(parts, batchId, parseItems(await context.req.text())),
    );
    changes.changed(batchId);
    return context.json(response);
  });

  routes.post("/:id/seal", async (context) => {
    const batchId = idOf(context);
    const { items } = sealRequestSchema.parse(await context.req.json());
    const done = await sealBatch(database, batchId, items);
    parts.logger.info({ batchId, items }, "a batch was sealed");
    if (done) parts.batchDone(batchId);
    changes.changed(batchId);
    return context.json(await readStatus(parts, batchId));
  });

  routes.patch("/:id", async (context) => {
    const batchId = idOf(context);
    const { priority } = changeBatchRequestSchema.parse(await context.req.json());
    await changePriority(parts, batchId, priority);
    changes.changed(batchId);
    return context.json(await readStatus(parts, batchId));
  });

  routes.post("/:id/pause", async (context) => {
    const batchId = idOf(context);
    await pauseBatch(parts, batchId);
    changes.changed(batchId);
    return context.json(await readStatus(parts, batchId));
  });

  routes.post("/:id/resume", async (context) => {
    const batchId = idOf(context);
    await resumeBatch(parts, batchId);
    changes.changed(batchId);
    return context.json(await readStatus(parts, batchId));
  });

  routes.post("/:id/continue", async (context) => {
    const continues = idOf(context);
    const { batchId, moved } = await continueBatch(parts, continues);
    ended(parts, continues);
    return context.json({ batch: await readStatus(parts, batchId), continues, moved }, 201);
  });

  routes.post("/:id/retry", async (context) => {
    const batchId = idOf(context);
    const retried = await retryFailed(parts, batchId, retryBatchRequestSchema.parse(await context.req.json()));
    changes.changed(batchId);
    return context.json({ batch: await readStatus(parts, batchId), retried });
  });

  routes.get("/:id/items/:ordinal", async (context) => {
    const ordinal = ordinalSchema.safeParse(Number(context.req.param("ordinal")));
    if (!ordinal.success) throw new AppError("NOT_FOUND", "Items are numbered from 0.");
    return context.json(await readItem(database, idOf(context), ordinal.data));
  });

  routes.post("/:id/cancel", async (context) => {
    const batchId = idOf(context);
    await cancelBatch(parts, batchId);
    parts.logger.info({ batchId }, "a batch was cancelled");
    ended(parts, batchId);
    return context.json(await readStatus(parts, batchId));
  });

  routes.get("/:id/events", async (context) => {
    const batchId = idOf(context);
    await readStatus(parts, batchId);
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, parts.closing]);
    return sseResponse(watchBatch(parts, batchId, signal), abort);
  });

  routes.get("/:id/summary", async (context) => context.json(await summarizeBatch(database, idOf(context))));

  routes.get("/:id/results", async (context) => {
    const { state, after } = resultsQuerySchema.parse(context.req.query());
    const batch = await readBatch(database, idOf(context));
    return ndjsonResponse(readResults(database, batch, { state: state ?? null, after }));
  });

  routes.get("/:id/failures", async (context) => {
    const page = failuresQuerySchema.parse(context.req.query());
    const { status } = await readBatch(database, idOf(context));
    return ndjsonResponse(failurePages(parts, status.batchId, page));
  });

  routes.get("/:id/audit", async (context) => context.json(await auditBatch(database, idOf(context))));

  return routes;
}

function idOf(context: Context): string {
  const parsed = batchIdSchema.safeParse(context.req.param("id"));
  if (!parsed.success) throw new AppError("NOT_FOUND", "A batch's id is a UUID.");
  return parsed.data;
}

async function readStatus(parts: RouteParts, batchId: string): Promise<BatchStatus> {
  return (await readBatch(parts.database, batchId)).status;
}

function ended(parts: RouteParts, batchId: string): void {
  parts.abortBatch(batchId);
  parts.changes.changed(batchId);
}

async function* failurePages(parts: RouteParts, batchId: string, page: { after: number; limit: number }) {
  const perRead = 500;
  let { after, limit } = page;
  while (limit > 0) {
    const rows = await readFailures(parts.database, batchId, { after, limit: Math.min(limit, perRead) });
    const last = rows.at(-1);
    if (last !== undefined) yield rows;
    if (last === undefined || rows.length < perRead) return;
    after = last.ordinal;
    limit -= rows.length;
  }
}
