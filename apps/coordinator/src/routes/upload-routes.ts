import { createRoute, z } from "@hono/zod-openapi";
import {
  AppError,
  hashSchema,
  keptUploadSchema,
  NDJSON,
  uploadLineSchema,
  uploadListSchema,
  uploadSchema,
} from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import type { Context } from "hono";
import { chargeBody } from "../admission/charge-body.ts";
import type { Quotas } from "../admission/quotas.ts";
import type { SignedIn } from "../auth/require-role.ts";
import { askedChecksum } from "../uploads/asked-checksum.ts";
import { checkName } from "../uploads/check-name.ts";
import { deleteUpload, listUploads, readUpload } from "../uploads/kept-uploads.ts";
import { readBody } from "../uploads/read-body.ts";
import { storeForm } from "../uploads/store-form.ts";
import { storeUpload, tooLarge } from "../uploads/store-upload.ts";
import { blobsOf } from "../uploads/upload-parts.ts";
import { type Api, apiRoutes, BYTES, forRoles, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const FILES = { type: "array" as const, items: BYTES, description: "The files; the field's name is of no matter." };

const uploadPath = z.object({ hash: hashSchema });

/** Bytes that come through the coordinator, to be named by items as `upload://…`. */
export function uploadRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  addUploading(routes, parts);
  addKept(routes, parts);
  return routes;
}

function addUploading(routes: Api, { tokens, uploads, quotas }: RouteParts): void {
  const upload = createRoute({
    method: "post",
    path: "/",
    tags: ["uploads"],
    summary: "Upload a file, or a form of many",
    description:
      "The body is the file, and `name` what it is called. A `multipart/form-data` body is answered with a line for each of its files, in their order, whether kept or not. Equal bytes are kept once. `Content-Digest` (or `Digest`, or `X-Content-SHA256`) makes the server check what arrived.",
    ...forRoles(tokens, "submit"),
    request: {
      query: z.object({ name: z.string().optional() }),
      headers: z.object({ "content-digest": z.string().optional(), "x-content-sha256": z.string().optional() }),
      body: {
        required: true,
        content: {
          "application/octet-stream": { schema: BYTES },
          // No schema of zod: what has one is read whole before the handler sees it.
          "multipart/form-data": {
            schema: { type: "object" as const, properties: { file: FILES } },
          },
        },
      },
    },
    responses: {
      200: {
        description: "What became of each file of a form; or the upload, when its bytes were here already.",
        content: { [NDJSON]: { schema: uploadLineSchema }, "application/json": { schema: uploadSchema } },
      },
      201: jsonAnswer(uploadSchema, "How items name it."),
      ...problems,
    },
  });
  routes.openapi(upload, async (context) => {
    blobsOf(uploads);
    const uploadedBy = context.get("caller").id;
    const contentType = context.req.header("content-type") ?? "";
    if (/^multipart\/form-data\b/i.test(contentType)) {
      const lines = await storeForm(uploads, bodyOf(context, uploads, quotas), { contentType, uploadedBy });
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      return context.body(text, 200, { "content-type": NDJSON });
    }
    const name = checkName(context.req.valid("query").name);
    const checksum = askedChecksum((header) => context.req.header(header));
    if (announcedBytes(context) > uploads.maxUploadBytes) throw tooLarge(uploads.maxUploadBytes);
    const kept = await storeUpload(uploads, bodyOf(context, uploads, quotas), { name, checksum, uploadedBy });
    uploads.logger.debug({ contentHash: kept.contentHash, sizeBytes: kept.sizeBytes, known: kept.known }, "uploaded");
    return context.json(kept, kept.known ? 200 : 201);
  });
}

function addKept(routes: Api, { database, tokens, uploads }: RouteParts): void {
  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["uploads"],
    summary: "List uploads, by hash",
    ...forRoles(tokens, "admin"),
    request: {
      query: z.object({ after: hashSchema.optional(), limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
    },
    responses: { 200: jsonAnswer(uploadListSchema, "A page of them."), ...problems },
  });
  routes.openapi(list, async (context) => {
    const { after = "", limit } = context.req.valid("query");
    return context.json(await listUploads(database, { after, limit }), 200);
  });

  const get = createRoute({
    method: "get",
    path: "/{hash}",
    tags: ["uploads"],
    summary: "Whether bytes that one may use are here; HEAD does it without an answer's body",
    ...forRoles(tokens, "submit"),
    request: { params: uploadPath },
    responses: { 200: jsonAnswer(keptUploadSchema, "They are."), ...problems },
  });
  routes.openapi(get, async (context) =>
    context.json(await readUpload(database, context.req.valid("param").hash, seesOnly(context.get("caller"))), 200),
  );

  const remove = createRoute({
    method: "delete",
    path: "/{hash}",
    tags: ["uploads"],
    summary: "Delete an upload that no batch refers to",
    ...forRoles(tokens, "admin"),
    request: { params: uploadPath },
    responses: { 204: { description: "It is gone." }, ...problems },
  });
  routes.openapi(remove, async (context) => {
    await deleteUpload(uploads, context.req.valid("param").hash);
    return context.body(null, 204);
  });
}

/** The body as a stream, counted against the caller's quota; BAD_REQUEST when something is wrong with how it is announced. */
export function bodyOf(
  context: Context<SignedIn>,
  { stallMs }: { stallMs: number },
  quotas: Quotas,
): AsyncGenerator<Uint8Array> {
  const encoding = context.req.header("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new AppError("BAD_REQUEST", "Content-Encoding: bodies are taken as they are, uncompressed.");
  }
  const body = readBody(context.req.raw.body, { stallMs });
  return chargeBody(quotas, context.get("caller"), { announcedBytes: announcedBytes(context), body });
}

/** 0 when the client does not say. */
export function announcedBytes(context: Context<SignedIn>): number {
  return Number(context.req.header("content-length") ?? 0);
}
