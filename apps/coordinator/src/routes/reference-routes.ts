import { fileURLToPath } from "node:url";
import { etag } from "hono/etag";
import { deliveredEvent } from "./delivered-event.ts";
import { describeApi } from "./describe-api.ts";
import type { MiddlewareHandler } from "hono";
import type { Api } from "./operations.ts";

/** Where the description of the API is served; the reference page reads it. */
const DOCUMENT_PATH = "/v1/openapi.json";
const REFERENCE_PATH = "/reference";

const ASSETS = ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"] as const;

/**
 * The description of the API (OpenAPI 3.1), made from the routes that `api` has, and a page for people. Both say nothing of
 * the installation and take no token; whoever tries a call on the page gives his own. Everything is served from here.
 */
export function addReference(api: Api, version: string): void {
  api.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "A token of one of the roles that an operation names: admin, submit, worker.",
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "link", {
    type: "apiKey",
    in: "query",
    name: "signature",
    description: "Part of a link that a coordinator has made, for the time that the link names.",
  });
  api.openAPIRegistry.registerWebhook(deliveredEvent);
  // Whoever reads them again is told in a line that nothing has changed.
  for (const path of [DOCUMENT_PATH, REFERENCE_PATH, `${REFERENCE_PATH}/start.js`]) api.use(path, etag(), askAgain);
  let document: object | null = null;
  api.get(DOCUMENT_PATH, (context) => {
    document ??= describeApi(
      api.getOpenAPI31Document({
        openapi: "3.1.0",
        info: { title: "Sluice", version, description: "Documents in, text and labels out, each exactly once." },
        servers: [{ url: "/", description: "This coordinator" }],
      }),
    );
    return context.json(document);
  });
  api.get(REFERENCE_PATH, (context) =>
    context.body(PAGE, 200, {
      "content-type": "text/html; charset=utf-8",
      // The page's own script is a file, so that none may stand in it.
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    }),
  );
  api.get(`${REFERENCE_PATH}/start.js`, (context) =>
    context.body(START, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  for (const asset of ASSETS) {
    const file = Bun.file(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${asset}`)));
    api.get(`${REFERENCE_PATH}/${asset}`, () => new Response(file, { headers: { "cache-control": "max-age=86400" } }));
  }
}

/** Kept, but asked for again each time: another version may be running. */
const askAgain: MiddlewareHandler = async (context, next) => {
  await next();
  context.header("cache-control", "no-cache");
};

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Sluice API</title>
    <link rel="stylesheet" href="${REFERENCE_PATH}/swagger-ui.css" />
    <link rel="icon" href="${REFERENCE_PATH}/favicon-32x32.png" />
  </head>
  <body>
    <div id="reference"></div>
    <script src="${REFERENCE_PATH}/swagger-ui-bundle.js"></script>
    <script src="${REFERENCE_PATH}/start.js"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: "${DOCUMENT_PATH}",
  dom_id: "#reference",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;
