import { createRoute, z } from "@hono/zod-openapi";
import { AppError, type ResumableUpload, resumableUploadSchema } from "@sluice/contracts";
import type { MiddlewareHandler } from "hono";
import { requireRole, type SignedIn } from "../auth/require-role.ts";
import { appendPieces, type ExpectedChecksum } from "../uploads/resumable/append-pieces.ts";
import { createResumable } from "../uploads/resumable/create-resumable.ts";
import { finishResumable } from "../uploads/resumable/finish-resumable.ts";
import { removeResumable } from "../uploads/resumable/remove-resumable.ts";
import { readResumable, type ResumableRow } from "../uploads/resumable/resumable-row.ts";
import { tooLarge } from "../uploads/store-upload.ts";
import { type Api, apiRoutes, BYTES, forRoles, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";
import { announcedBytes, bodyOf } from "./upload-routes.ts";

const TUS_VERSION = "1.0.0";
const EXTENSIONS = "creation,termination,checksum,expiration";
const PATCH_TYPE = "application/offset+octet-stream";
const PATH = "/v1/uploads/resumable";

const idPath = z.object({ id: z.uuid() });
const bytesHeader = z
  .string()
  .regex(/^\d{1,15}$/, "expected a number of bytes")
  .transform(Number);

/** Uploads in pieces, by the protocol tus 1.0 (https://tus.io/protocols/resumable-upload): any client of it will do. */
export function resumableRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  routes.use("*", sayVersion);
  // Before the token is asked for: clients look what is spoken here before they have anything to send.
  addDiscovery(routes, parts);
  routes.use("*", requireRole(parts.tokens, "submit"), askVersion);
  addCreation(routes, parts);
  addPieces(routes, parts);
  return routes;
}

/** Every answer says the version, errors included. */
const sayVersion: MiddlewareHandler<SignedIn> = async (context, next) => {
  context.header("tus-resumable", TUS_VERSION);
  await next();
};

/** Every request but OPTIONS and GET must say it. */
const askVersion: MiddlewareHandler<SignedIn> = async (context, next) => {
  const asked = context.req.header("tus-resumable") ?? "none";
  if (!["OPTIONS", "GET"].includes(context.req.method) && asked !== TUS_VERSION) {
    context.header("tus-version", TUS_VERSION);
    throw new AppError("TUS_VERSION_UNSUPPORTED", `Tus-Resumable: ${TUS_VERSION} is spoken here, not ${asked}.`);
  }
  await next();
};

function addDiscovery(routes: Api, { uploads }: RouteParts): void {
  const discover = createRoute({
    method: "options",
    path: "/",
    tags: ["uploads"],
    summary: "What of tus is spoken here",
    description: "For everybody: it takes no token.",
    security: [],
    responses: { 204: { description: "Version, extensions and the largest upload, in headers." }, ...problems },
  });
  routes.openapi(discover, (context) =>
    context.body(null, 204, {
      "tus-version": TUS_VERSION,
      "tus-extension": EXTENSIONS,
      "tus-checksum-algorithm": "sha1,sha256",
      "tus-max-size": String(uploads.maxUploadBytes),
    }),
  );
}

function addCreation(routes: Api, { tokens, uploads, quotas }: RouteParts): void {
  const create = createRoute({
    method: "post",
    path: "/",
    tags: ["uploads"],
    summary: "Begin an upload in pieces",
    description:
      "`Upload-Metadata` may have `filename`, and `sha256` (hexadecimal) of the whole, which is checked when the last piece is here.",
    ...forRoles(tokens, "submit"),
    request: { headers: z.object({ "upload-length": bytesHeader, "upload-metadata": z.string().default("") }) },
    responses: { 201: jsonAnswer(resumableUploadSchema, "Its address is in `Location`."), ...problems },
  });
  routes.openapi(create, async (context) => {
    const headers = context.req.valid("header");
    const caller = context.get("caller");
    const sizeBytes = headers["upload-length"];
    await quotas.admitUnfinished(caller, sizeBytes);
    const row = await createResumable(uploads, {
      sizeBytes,
      metadata: headers["upload-metadata"],
      uploadedBy: caller.id,
    });
    return context.json(withoutMetadata(row), 201, {
      location: `${PATH}/${row.uploadId}`,
      "upload-expires": httpDate(row),
    });
  });
}

function addPieces(routes: Api, { database, tokens, uploads, quotas }: RouteParts): void {
  const get = createRoute({
    method: "get",
    path: "/{id}",
    tags: ["uploads"],
    summary: "How far an upload has come, and what it has become",
    description: "HEAD gives the headers of tus alone. The answer has `upload` once everything is here.",
    ...forRoles(tokens, "submit"),
    request: { params: idPath },
    responses: { 200: jsonAnswer(resumableUploadSchema, "As it stands."), ...problems },
  });
  routes.openapi(get, async (context) => {
    const uploadedBy = context.get("caller").id;
    const row = await readResumable(database, context.req.valid("param").id, uploadedBy);
    // Whoever is told that everything is here must be able to rely on it, whatever was killed after the last piece.
    const upload = await finishResumable(uploads, row, uploadedBy);
    return context.json({ ...withoutMetadata(row), upload }, 200, {
      "cache-control": "no-store",
      "upload-offset": String(row.receivedBytes),
      "upload-length": String(row.sizeBytes),
      "upload-expires": httpDate(row),
      ...(row.metadata === "" ? {} : { "upload-metadata": row.metadata }),
    });
  });

  const append = createRoute({
    method: "patch",
    path: "/{id}",
    tags: ["uploads"],
    summary: "Send what comes next of an upload",
    ...forRoles(tokens, "submit"),
    request: {
      params: idPath,
      headers: z.object({ "upload-offset": bytesHeader, "upload-checksum": z.string().optional() }),
      body: { required: true, content: { [PATCH_TYPE]: { schema: BYTES } } },
    },
    responses: { 204: { description: "Where it stands, in `Upload-Offset`." }, ...problems },
  });
  routes.openapi(append, async (context) => {
    if (context.req.header("content-type") !== PATCH_TYPE) {
      throw new AppError("BAD_REQUEST", `Content-Type: ${PATCH_TYPE} is needed.`);
    }
    const { "upload-offset": offset, "upload-checksum": checksum } = context.req.valid("header");
    const expected = checksum === undefined ? null : parseChecksum(checksum);
    const uploadedBy = context.get("caller").id;
    const row = await readResumable(database, context.req.valid("param").id, uploadedBy);
    if (offset + announcedBytes(context) > row.sizeBytes) throw tooLarge(row.sizeBytes);
    const receivedBytes = await appendPieces(uploads, row, bodyOf(context, uploads, quotas), {
      offset,
      checksum: expected,
    });
    await finishResumable(uploads, { ...row, receivedBytes }, uploadedBy);
    return context.body(null, 204, { "upload-offset": String(receivedBytes), "upload-expires": httpDate(row) });
  });

  const remove = createRoute({
    method: "delete",
    path: "/{id}",
    tags: ["uploads"],
    summary: "Give an upload in pieces up",
    ...forRoles(tokens, "submit"),
    request: { params: idPath },
    responses: { 204: { description: "It is gone, with its pieces." }, ...problems },
  });
  routes.openapi(remove, async (context) => {
    const row = await readResumable(database, context.req.valid("param").id, context.get("caller").id);
    await removeResumable(uploads, row);
    return context.body(null, 204);
  });
}

function parseChecksum(header: string): ExpectedChecksum {
  const [algorithm, base64 = ""] = header.split(" ");
  if (algorithm === "sha1" || algorithm === "sha256") return { algorithm, base64 };
  throw new AppError("BAD_REQUEST", "Upload-Checksum: sha1 or sha256 and a checksum in base64 are needed.");
}

function withoutMetadata({ metadata: _metadata, ...upload }: ResumableRow): ResumableUpload {
  return upload;
}

function httpDate({ expiresAt }: ResumableRow): string {
  return new Date(expiresAt).toUTCString();
}
