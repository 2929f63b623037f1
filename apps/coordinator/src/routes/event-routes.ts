import { createRoute, z } from "@hono/zod-openapi";
import {
  batchEventSchema,
  batchStatusSchema,
  eventsResetSchema,
  eventTypeSchema,
  positionSchema,
} from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { listBatches, readBatch } from "../db/queries/read-batch.ts";
import { batchStream } from "../events/batch-stream.ts";
import { eventStream } from "../events/event-stream.ts";
import { sseResponse } from "../events/sse-response.ts";
import type { StreamMessage } from "../events/stream-message.ts";
import { type Api, apiRoutes, batchPath, forRoles, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const position = z.coerce.number().pipe(positionSchema).optional();
const resumeHeaders = z.object({
  "last-event-id": position.meta({
    description: "The `id` of the last event that was heard: those after it come first.",
  }),
});
const resumeQuery = z.object({
  after: position.meta({ description: "The same, for whoever cannot set a header; the header wins." }),
});
const MOST_UNFINISHED = 1_000;

/** The events of one batch: while it moves, to its end. */
export function batchEventRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  const events = createRoute({
    method: "get",
    path: "/{id}/events",
    tags: ["events"],
    summary: "A batch at once and at every change, to its end",
    description:
      "Events named `status` have the batch as it stands, as often as it is read; `change` is a BatchEvent, of which none is left out; `reset` is an EventsReset, in place of events that are not kept any more.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath, query: resumeQuery, headers: resumeHeaders },
    responses: {
      200: {
        description: "Server-sent events, whose data are JSON.",
        content: { "text/event-stream": { schema: z.union([batchStatusSchema, batchEventSchema, eventsResetSchema]) } },
      },
      ...problems,
    },
  });
  routes.openapi(events, async (context) => {
    const { id } = context.req.valid("param");
    const after = context.req.valid("header")["last-event-id"] ?? context.req.valid("query").after ?? null;
    await readBatch(parts.database, id);
    return respond(parts, (signal) => batchStream(parts, { batchId: id, after }, signal));
  });
  return routes;
}

/** The events of all batches that the caller may see. */
export function eventRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  const events = createRoute({
    method: "get",
    path: "/",
    tags: ["events"],
    summary: "What happens to batches, in order and without end",
    description:
      "Events named `change` are BatchEvents, from now on or after the one named; `reset` is an EventsReset, in place of events that are not kept any more.",
    ...forRoles(parts.tokens, "submit"),
    request: {
      query: resumeQuery.extend({
        types: z
          .string()
          .transform((text) => text.split(","))
          .pipe(z.array(eventTypeSchema))
          .optional()
          .meta({ description: "Only these, by commas.", example: "batch.done,batch.cancelled" }),
      }),
      headers: resumeHeaders,
    },
    responses: {
      200: {
        description: "Server-sent events, whose data are JSON.",
        content: { "text/event-stream": { schema: z.union([batchEventSchema, eventsResetSchema]) } },
      },
      ...problems,
    },
  });
  routes.openapi(events, (context) => {
    const { after, types } = context.req.valid("query");
    const request = {
      after: context.req.valid("header")["last-event-id"] ?? after ?? null,
      types: types ?? null,
      visibleTo: seesOnly(context.get("caller")),
    };
    const { eventLog } = parts;
    return respond(parts, (signal) =>
      eventStream({ eventLog, unfinished: () => listUnfinished(parts, request.visibleTo) }, request, signal),
    );
  });
  return routes;
}

async function listUnfinished({ database }: RouteParts, visibleTo: string | null) {
  const all = { name: null, createdAfter: null, createdBefore: null, after: null, limit: MOST_UNFINISHED };
  const lists = await Promise.all(
    (["open", "sealed"] as const).map((state) => listBatches(database, { ...all, state, visibleTo })),
  );
  return lists.flat().map((batch) => batch.status);
}

function respond(
  { closing }: RouteParts,
  open: (signal: AbortSignal) => AsyncGenerator<StreamMessage | null>,
): Response {
  const abort = new AbortController();
  return sseResponse(open(AbortSignal.any([abort.signal, closing])), abort);
}
