import { expect, test } from "bun:test";
import { useCoordinator } from "./support/test-cluster.ts";
import { SUBMIT } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const METHODS = ["get", "post", "put", "patch", "delete"];

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: { readonly type?: unknown; readonly enum?: unknown };
  }[];
  readonly security?: { readonly token?: readonly string[]; readonly link?: readonly string[] }[];
  readonly responses: Record<string, unknown>;
}

async function readDocument() {
  const answer = await fetch(`${cluster.coordinator.url}/v1/openapi.json`);
  return (await answer.json()) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown> };
  };
}

test("the description names every operation with its roles and its answers", async () => {
  const { openapi, paths, components } = await readDocument();
  expect(openapi).toStartWith("3.1");
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => (methods[method] === undefined ? [] : [{ path, method, ...methods[method] }])),
  );
  expect(operations.length).toBeGreaterThan(15);
  for (const { path, method, summary, security, responses } of operations) {
    const name = `${method} ${path}`;
    expect([name, summary?.length ?? 0]).not.toEqual([name, 0]);
    const [by] = security ?? [];
    expect([name, by?.link !== undefined || (by?.token ?? []).length > 0]).toEqual([name, true]);
    expect([name, "default" in responses]).toEqual([name, true]);
  }
  expect(Object.keys(components.schemas)).toContain("BatchStatus");
});

test("every operation that is described is there, and asks for its token", async () => {
  const { paths } = await readDocument();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of METHODS.filter((name) => methods[name]?.security?.[0]?.token !== undefined)) {
      const url = cluster.coordinator.url + path.replaceAll(/\{\w+\}/g, "0");
      const { status } = await fetch(url, { method: method.toUpperCase() });
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  }
});

test("each operation has a name of its own, and what stands in a path is required and of one type", async () => {
  const { paths } = await readDocument();
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    [...METHODS, "options"].flatMap((method) => {
      const operation = methods[method];
      return operation === undefined ? [] : [{ name: `${method} ${path}`, ...operation }];
    }),
  );
  expect(
    named.filter(({ operationId }) => !/^[a-z][A-Za-z]+$/.test(operationId ?? "")).map(({ name }) => name),
  ).toEqual([]);
  expect(new Set(named.map(({ operationId }) => operationId)).size).toBe(named.length);
  const parameters = named.flatMap((operation) => operation.parameters ?? []);
  expect(parameters.filter((one) => one.in === "path" && one.required !== true)).toEqual([]);
  expect(parameters.filter((one) => typeof one.schema.type !== "string" && one.schema.enum === undefined)).toEqual([]);
  expect(parameters.filter((one) => (one.description ?? "") === "").map((one) => one.name)).toEqual([]);
});

test("what is asked in a wrong way is told what would be right", async () => {
  const { url } = cluster.coordinator;
  const answers = async (path: string, init: RequestInit) => {
    const answer = await fetch(url + path, init);
    const { code, requestId } = (await answer.json()) as { code: string; requestId?: string };
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(requestId).toBeString();
    return { status: answer.status, code, headers: answer.headers };
  };
  const method = await answers("/v1/batches", { method: "PUT" });
  expect(method).toMatchObject({ status: 405, code: "METHOD_NOT_ALLOWED" });
  expect(method.headers.get("allow")).toBe("GET, HEAD, POST");
  expect(await answers("/v1/nothing", {})).toMatchObject({ status: 404, code: "NOT_FOUND" });
  const unknown = await answers("/v1/batches", {});
  expect(unknown).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
  expect(unknown.headers.get("www-authenticate")).toBe("Bearer");
  const headers = { authorization: `Bearer ${SUBMIT}`, "content-type": "text/xml" };
  const type = await answers("/v1/batches", { method: "POST", headers, body: "<batch/>" });
  expect(type).toMatchObject({ status: 415, code: "UNSUPPORTED_MEDIA_TYPE" });
});

test("the reference page and all that it loads come from the server itself", async () => {
  const page = await fetch(`${cluster.coordinator.url}/reference`);
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  const html = await page.text();
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(assets.length).toBe(4);
  for (const asset of assets) {
    expect(asset).toStartWith("/reference/");
    const answer = await fetch(cluster.coordinator.url + asset);
    expect([asset, answer.status, (await answer.arrayBuffer()).byteLength > 100]).toEqual([asset, 200, true]);
  }
});

test("what is read again and has not changed is told in a line, and HEAD has the length of GET", async () => {
  const { url } = cluster.coordinator;
  for (const path of ["/v1/openapi.json", "/reference", "/reference/start.js"]) {
    const first = await fetch(url + path);
    const etag = first.headers.get("etag") ?? "";
    expect([path, etag.length > 10, first.headers.get("cache-control")]).toEqual([path, true, "no-cache"]);
    const again = await fetch(url + path, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    expect((await fetch(url + path, { headers: { "if-none-match": '"another"' } })).status).toBe(200);
  }
  const headers = { authorization: `Bearer ${SUBMIT}` };
  for (const path of ["/v1/openapi.json", "/reference", "/v1/batches", "/v1/workers", "/v1/queues"]) {
    const got = await fetch(url + path, { headers });
    const head = await fetch(url + path, { method: "HEAD", headers });
    const { byteLength } = await got.arrayBuffer();
    expect([path, head.status, head.headers.get("content-length")]).toEqual([path, got.status, String(byteLength)]);
    expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
  }
});
