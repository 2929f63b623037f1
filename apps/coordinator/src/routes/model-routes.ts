import { createRoute, z } from "@hono/zod-openapi";
import { hashSchema, modelListSchema, modelRowSchema } from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { deleteModel, listModels, readModelFile } from "../models/read-models.ts";
import { storeModel } from "../models/store-model.ts";
import { type Api, apiRoutes, BYTES, forRoles, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const modelPath = z.object({ model: hashSchema });

/** Trained classifiers. */
export function modelRoutes({ tokens, database, logger }: RouteParts): Api {
  const routes = apiRoutes();

  const store = createRoute({
    method: "post",
    path: "/",
    tags: ["models"],
    summary: "Send the file of a trained model",
    description: "As `train` writes it. Sending it again changes nothing: a model is known by the hash of its file.",
    ...forRoles(tokens, "submit"),
    request: {
      query: z.object({ name: z.string().min(1).max(200).optional() }),
      body: { required: true, content: { "application/octet-stream": { schema: BYTES } } },
    },
    responses: {
      200: jsonAnswer(modelRowSchema, "It was here already."),
      201: jsonAnswer(modelRowSchema, "The model."),
      ...problems,
    },
  });
  routes.openapi(store, async (context) => {
    const file = new Uint8Array(await context.req.arrayBuffer());
    const owner = context.get("caller").tokenId;
    const { model, isNew } = await storeModel(database, file, { name: context.req.valid("query").name ?? null, owner });
    if (isNew) logger.info({ model: model.model, bytes: model.bytes }, "a model was stored");
    return context.json(model, isNew ? 201 : 200);
  });

  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["models"],
    summary: "List models, the newest first",
    ...forRoles(tokens, "submit"),
    responses: { 200: jsonAnswer(modelListSchema, "The models."), ...problems },
  });
  routes.openapi(list, async (context) =>
    context.json({ models: await listModels(database, seesOnly(context.get("caller"))) }, 200),
  );

  const get = createRoute({
    method: "get",
    path: "/{model}",
    tags: ["models"],
    summary: "The file of a model",
    ...forRoles(tokens, "submit", "worker"),
    request: { params: modelPath },
    responses: {
      200: { description: "Its bytes.", content: { "application/octet-stream": { schema: BYTES } } },
      ...problems,
    },
  });
  routes.openapi(get, async (context) => {
    const caller = context.get("caller");
    // A worker is handed batches of anybody.
    const visibleTo = caller.role === "worker" ? null : seesOnly(caller);
    const file = await readModelFile(database, context.req.valid("param").model, visibleTo);
    return new Response(file, { headers: { "content-type": "application/octet-stream" } });
  });

  const remove = createRoute({
    method: "delete",
    path: "/{model}",
    tags: ["models"],
    summary: "Delete a model",
    description: "The labels that it gave stay. A batch that has not ended keeps it.",
    ...forRoles(tokens, "submit"),
    request: { params: modelPath },
    responses: { 204: { description: "It is gone." }, ...problems },
  });
  routes.openapi(remove, async (context) => {
    await deleteModel(database, context.req.valid("param").model, seesOnly(context.get("caller")));
    return context.body(null, 204);
  });
  return routes;
}
