import { expect, test } from "bun:test";
import { useCoordinator } from "./support/test-cluster.ts";

const cluster = useCoordinator();
const METHODS = ["get", "post", "put", "patch", "delete"];

interface Operation {
  readonly summary?: string;
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
