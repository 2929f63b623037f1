import { describe, expect, test } from "bun:test";
import { AppError, problemSchema } from "@sluice/contracts";
import { Hono } from "hono";
import { z } from "zod";
import { createLogger, handleError, isLoopback, notFound, parseEnv, sameSecret, startServer } from "./index.ts";

const logger = createLogger({ name: "test", level: "silent" });

describe("parseEnv", () => {
  const schema = z.object({ PORT: z.coerce.number().int(), NAME: z.string() });

  test("names every fault at once", () => {
    expect(() => parseEnv(schema, { PORT: "x" })).toThrow(/PORT: .*; NAME: /);
  });

  test("takes an empty variable for an absent one", () => {
    expect(() => parseEnv(schema, { PORT: "1", NAME: "" })).toThrow("NAME");
    expect(parseEnv(schema, { PORT: "1", NAME: "a", OTHER: "b" })).toEqual({ PORT: 1, NAME: "a" });
  });
});

describe("handleError", () => {
  const app = new Hono();
  app.onError(handleError(logger));
  app.notFound(notFound());
  app.get("/busy", () => {
    throw new AppError("BUSY", "All 2 slots are taken.", { context: { slots: 2 } });
  });
  app.get("/schema", () => {
    z.object({ name: z.string() }).parse({ name: 1 });
    throw new Error("not reached");
  });
  app.get("/defect", () => {
    throw new Error("secret detail");
  });

  test("sends a code, its status and the next step", async () => {
    const response = await app.request("/busy");
    expect(response.status).toBe(429);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("retry-after")).toBe("1");
    const problem = problemSchema.parse(await response.json());
    expect(problem).toMatchObject({ code: "BUSY", detail: "All 2 slots are taken.", context: { slots: 2 } });
  });

  test("a body that breaks its schema is the caller's fault, by path", async () => {
    const response = await app.request("/schema");
    expect(response.status).toBe(400);
    expect(problemSchema.parse(await response.json()).detail).toContain("name:");
  });

  test("never tells what went wrong inside", async () => {
    const response = await app.request("/defect");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret detail");
  });

  test("an unknown path is NOT_FOUND", async () => {
    const response = await app.request("/nothing");
    expect(problemSchema.parse(await response.json()).code).toBe("NOT_FOUND");
  });
});

describe("startServer", () => {
  const options = { fetch: () => new Response("ok"), host: "127.0.0.1", port: 0, insecure: false, maxBodyBytes: 1024 };

  test("names a port that is taken", async () => {
    const first = startServer(options);
    expect(await (await fetch(first.url)).text()).toBe("ok");
    expect(() => startServer({ ...options, port: first.port })).toThrow(`Port ${first.port}`);
    await first.stop();
  });

  test("does not listen beyond loopback without TLS or a word that a proxy does it", async () => {
    expect(() => startServer({ ...options, host: "0.0.0.0" })).toThrow("without TLS");
    const server = startServer({ ...options, host: "0.0.0.0", insecure: true });
    expect(server.port).toBeGreaterThan(0);
    await server.stop();
  });
});

test("loopback is what never leaves the machine", () => {
  expect(["127.0.0.1", "127.9.9.9", "localhost", "::1"].map(isLoopback)).toEqual([true, true, true, true]);
  expect(["0.0.0.0", "10.0.0.1", "127.0.0.1.example.org", "::"].map(isLoopback)).toEqual([false, false, false, false]);
});

test("secrets of different length compare without throwing", () => {
  expect(sameSecret("a", "a")).toBe(true);
  expect(sameSecret("a", "ab")).toBe(false);
});

test("secrets are taken out of a log line, on the first two levels", () => {
  const script = `
    const { createLogger } = await import(${JSON.stringify(`${import.meta.dir}/logger.ts`)});
    const secrets = { token: "s3", password: "s3", passwords: ["s3"], authorization: "s3" };
    createLogger({ name: "t", level: "info" }).info({ ...secrets, request: secrets, batchId: "b1" }, "told");`;
  const { stderr } = Bun.spawnSync([process.execPath, "-e", script], { cwd: import.meta.dir });
  expect(stderr.toString()).toContain('"batchId":"b1"');
  expect(stderr.toString()).not.toContain("s3");
});
