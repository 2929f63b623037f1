import { createRoute, z } from "@hono/zod-openapi";
import {
  auditReportSchema,
  batchSummarySchema,
  EXPORT_FORMATS,
  EXTRACT_STATES,
  failureRowSchema,
  pageCursorSchema,
  pageRowSchema,
  resultRowSchema,
} from "@sluice/contracts";
import { readBatch } from "../db/queries/read-batch.ts";
import { auditBatch } from "../results/audit-batch.ts";
import { chooseFormat } from "../exports/choose-format.ts";
import { exportFacts } from "../exports/export-facts.ts";
import { exportResponse } from "../exports/export-response.ts";
import { PAGE_COLUMNS } from "../exports/page-columns.ts";
import { RESULT_COLUMNS } from "../exports/result-columns.ts";
import { ndjsonResponse } from "../results/ndjson-response.ts";
import { pageCursor, readBatchPages } from "../results/read-batch-pages.ts";
import { readFailures } from "../results/read-failures.ts";
import { readResults } from "../results/read-results.ts";
import { summarizeBatch } from "../results/summarize-batch.ts";
import {
  afterSchema,
  type Api,
  apiRoutes,
  batchPath,
  forRoles,
  jsonAnswer,
  linesAnswer,
  problems,
  rowsAnswer,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Which items, and as what. */
const exportQuery = { format: z.enum(EXPORT_FORMATS).optional(), state: z.enum(EXTRACT_STATES).optional() };

/** What became of a batch. */
export function resultRoutes(parts: RouteParts): Api {
  const { database } = parts;
  const routes = apiRoutes();

  const summary = createRoute({
    method: "get",
    path: "/{id}/summary",
    tags: ["results"],
    summary: "Labels with their counts, and failures up to a limit",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 200: jsonAnswer(batchSummarySchema, "The summary."), ...problems },
  });
  routes.openapi(summary, async (context) =>
    context.json(await summarizeBatch(database, context.req.valid("param").id), 200),
  );

  const results = createRoute({
    method: "get",
    path: "/{id}/results",
    tags: ["results"],
    summary: "Items with documents and labels, a row each, by ordinal",
    description:
      "As JSON lines, CSV or Parquet, by `format` or `Accept`. Behind a broken connection JSON lines and CSV go on with `after`, then without a header. In CSV a cell that a spreadsheet would run begins with an apostrophe.",
    ...forRoles(parts.tokens, "submit"),
    request: {
      params: batchPath,
      query: z.object({
        ...exportQuery,
        after: afterSchema.unwrap().optional(),
      }),
    },
    responses: { 200: rowsAnswer(resultRowSchema, "Rows, as fast as they are read."), ...problems },
  });
  routes.openapi(results, async (context) => {
    const { format, state, after } = context.req.valid("query");
    const batch = await readBatch(database, context.req.valid("param").id);
    return exportResponse(
      readResults(database, batch, { state: state ?? null, after: after ?? -1 }),
      {
        format: chooseFormat(format, context.req.header("accept")),
        columns: RESULT_COLUMNS,
        continues: after !== undefined,
        facts: exportFacts(batch, "results"),
        fileName: `results-${batch.status.batchId}`,
      },
      parts.parquetPlaces,
    );
  });

  const pages = createRoute({
    method: "get",
    path: "/{id}/pages",
    tags: ["results"],
    summary: "Pages with their text, a row each, by item and page",
    description:
      "Of every item that has a document. As JSON lines, CSV or Parquet, as results are; `after` is the last page that was read, `ITEM.PAGE`. In a batch with `store: meta` pages have no text.",
    ...forRoles(parts.tokens, "submit"),
    request: {
      params: batchPath,
      query: z.object({
        ...exportQuery,
        after: pageCursorSchema.optional(),
      }),
    },
    responses: { 200: rowsAnswer(pageRowSchema, "Rows, as fast as they are read."), ...problems },
  });
  routes.openapi(pages, async (context) => {
    const { format, state, after } = context.req.valid("query");
    const batch = await readBatch(database, context.req.valid("param").id);
    return exportResponse(
      readBatchPages(database, batch, { state: state ?? null, after: pageCursor(after) }),
      {
        format: chooseFormat(format, context.req.header("accept")),
        columns: PAGE_COLUMNS,
        continues: after !== undefined,
        facts: exportFacts(batch, "pages"),
        fileName: `pages-${batch.status.batchId}`,
      },
      parts.parquetPlaces,
    );
  });

  const failures = createRoute({
    method: "get",
    path: "/{id}/failures",
    tags: ["results"],
    summary: "Failed items with their evidence, a line each, by ordinal",
    ...forRoles(parts.tokens, "submit"),
    request: {
      params: batchPath,
      query: z.object({
        after: afterSchema.default(-1),
        limit: z.coerce.number().int().min(1).max(100_000).default(100_000),
      }),
    },
    responses: { 200: linesAnswer(failureRowSchema, "Lines, as fast as they are read."), ...problems },
  });
  routes.openapi(failures, async (context) => {
    const { status } = await readBatch(database, context.req.valid("param").id);
    return ndjsonResponse(failurePages(parts, status.batchId, context.req.valid("query")));
  });

  const audit = createRoute({
    method: "get",
    path: "/{id}/audit",
    tags: ["results"],
    summary: "Account for every item, from the rows themselves",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: { 200: jsonAnswer(auditReportSchema, "Each check, and the rows that break it."), ...problems },
  });
  routes.openapi(audit, async (context) =>
    context.json(await auditBatch(database, context.req.valid("param").id), 200),
  );

  return routes;
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
