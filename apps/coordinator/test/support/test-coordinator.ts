import { type AuditReport, type BatchOptionsInput, type BatchStatus, type ItemSubmission } from "@sluice/contracts";
import type { RunningApp } from "@sluice/serverkit";
import { Pool } from "pg";
import { configSchema } from "../../src/config.ts";
import { startCoordinator } from "../../src/start-coordinator.ts";

export const ADMIN = "admin-token-for-tests";
export const SUBMIT = "submit-token-for-tests";
export const WORKER = "worker-token-for-tests";

export const TEST_ENV = {
  SLUICE_PORT: "0",
  SLUICE_BOOTSTRAP_TOKENS: `admin:${ADMIN},submit:${SUBMIT},worker:${WORKER}`,
  SLUICE_LOG_LEVEL: Bun.env["SLUICE_TEST_LOG"] ?? "silent",
};

/** What JSON.parse gives: tests look into answers whose shape api.test.ts has checked. */
export type Json = ReturnType<typeof JSON.parse>;

export interface TestCoordinator extends AsyncDisposable {
  readonly url: string;
  readonly workerToken: string;
  readonly app: RunningApp;
  request(method: string, path: string, body?: unknown, token?: string | null): Promise<Response>;
  json(method: string, path: string, body?: unknown, token?: string): Promise<Json>;
  open(options?: BatchOptionsInput, more?: object): Promise<BatchStatus>;
  append(batchId: string, items: readonly ItemSubmission[]): Promise<Json>;
  seal(batchId: string, items: number): Promise<BatchStatus>;
  /** Opens, appends, seals; waits for nothing. */
  submit(items: readonly ItemSubmission[], options?: BatchOptionsInput): Promise<string>;
  status(batchId: string): Promise<BatchStatus>;
  ended(batchId: string): Promise<BatchStatus>;
  audit(batchId: string): Promise<AuditReport>;
  results(batchId: string, query?: string): Promise<Json[]>;
  sql(text: string, values?: unknown[]): Promise<Json[]>;
}

/** A coordinator in this process, on a database of the test. */
export async function startTestCoordinator(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<TestCoordinator> {
  const app = await startCoordinator(configSchema.parse({ DATABASE_URL: databaseUrl, ...TEST_ENV, ...env }));
  return wrapCoordinator(app, databaseUrl);
}

export function wrapCoordinator(app: RunningApp, databaseUrl: string): TestCoordinator {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  pool.on("error", () => undefined);
  const request = (method: string, path: string, body?: unknown, token: string | null = ADMIN) =>
    fetch(`${app.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        "content-type": typeof body === "string" ? "application/x-ndjson" : "application/json",
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const json = async (method: string, path: string, body?: unknown, token: string = ADMIN) => {
    const response = await request(method, path, body, token);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  const open: TestCoordinator["open"] = async (options = {}, more = {}) =>
    (await json("POST", "/v1/batches", { options, ...more })).batch;
  const append: TestCoordinator["append"] = (id, items) =>
    json("POST", `/v1/batches/${id}/items`, items.map((item) => JSON.stringify(item)).join("\n"));
  const seal: TestCoordinator["seal"] = (id, items) => json("POST", `/v1/batches/${id}/seal`, { items });
  const status: TestCoordinator["status"] = (id) => json("GET", `/v1/batches/${id}`);
  return {
    app,
    url: app.url,
    workerToken: WORKER,
    request,
    json,
    open,
    append,
    seal,
    status,
    submit: async (items, options = {}) => {
      const { batchId } = await open(options);
      await append(batchId, items);
      await seal(batchId, items.length);
      return batchId;
    },
    ended: (id) =>
      waitUntil(async () => {
        const now = await status(id);
        return now.state === "done" || now.state === "cancelled" ? now : null;
      }),
    audit: (id) => json("GET", `/v1/batches/${id}/audit`),
    results: async (id, query = "") => {
      const response = await request("GET", `/v1/batches/${id}/results${query}`);
      return (await response.text())
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    },
    sql: async (text, values) => (await pool.query(text, values)).rows,
    [Symbol.asyncDispose]: async () => {
      await pool.end();
      await app.stop();
    },
  };
}

/** Asks again until the answer is neither null nor false. */
export async function waitUntil<Result>(
  condition: () => Promise<Result | null | false> | Result | null | false,
  timeoutMs = 30_000,
): Promise<Result> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await condition();
    if (result !== null && result !== false) return result;
    if (Date.now() > deadline)
      throw new Error(`waited ${timeoutMs} ms in vain for ${condition.toString().slice(0, 200)}`);
    await Bun.sleep(20);
  }
}

let folders = 0;

/** Sources that no other test has. */
export function makeItems(
  count: number,
  over: Partial<ItemSubmission> = {},
  folder = `f${folders++}-${Date.now()}`,
): ItemSubmission[] {
  return Array.from({ length: count }, (_, ordinal) => ({
    ordinal,
    uri: `file:///${folder}/${folder}-${ordinal}`,
    sizeBytes: 1_000 + ordinal,
    sourceVersion: "1:1",
    ...over,
  }));
}

/** An element that must be there. */
export function at<Element>(list: readonly Element[], index: number): Element {
  const element = list.at(index);
  if (element === undefined) throw new Error(`there is no element ${index} of ${list.length}`);
  return element;
}
