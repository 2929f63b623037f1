import { afterEach, describe, expect, test } from "bun:test";
import type { BatchStatus, ItemSubmission } from "@sluice/contracts";
import { createServer, type Server, type Socket } from "node:net";
import { ApiError, SluiceClient } from "../src/index.ts";

const BATCH_ID = "0197a000-0000-7000-8000-000000000001";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Handler = (request: Request) => Response | Promise<Response>;

/** A server that answers with the handlers in turn, the last one for good, and keeps what it was asked. */
function serve(...handlers: Handler[]) {
  const requests: { method: string; path: string; authorization: string | null; body: string }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url);
      const body = await request.clone().text();
      requests.push({
        method: request.method,
        path: url.pathname + url.search,
        authorization: request.headers.get("authorization"),
        body,
      });
      const handler = handlers[Math.min(requests.length, handlers.length) - 1];
      return handler === undefined ? new Response(null, { status: 500 }) : await handler(request);
    },
  });
  closers.push(() => server.stop(true));
  return { client: new SluiceClient({ baseUrl: server.url.href, token: "secret" }), requests, url: server.url.href };
}

/** Raw TCP, to break connections at chosen bytes: each connection gets the next script. */
async function serveRaw(...scripts: ((socket: Socket) => void)[]): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server: Server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      const script = scripts[Math.min(connections, scripts.length - 1)];
      connections += 1;
      script?.(socket);
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  closers.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, connections: () => connections };
}

const problem =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  () =>
    Response.json(
      {
        type: "about:blank",
        title: code,
        status,
        code,
        detail: `said ${code}`,
        advice: "",
        requestId: "r1",
        context: { nextOrdinal: 3 },
      },
      { status, headers },
    );

function status(state: BatchStatus["state"], items = 0): BatchStatus {
  return {
    batchId: BATCH_ID,
    name: null,
    state,
    priority: "normal",
    pausedAt: null,
    continuedBy: null,
    listing: null,
    createdAt: "2026-01-01T00:00:00Z",
    sealedAt: null,
    finishedAt: null,
    items,
    extract: { pending: items, succeeded: 0, partial: 0, duplicate: 0, unchanged: 0, failed: 0, cancelled: 0 },
    classify: { none: 0, pending: items, classified: 0, abstained: 0, no_text: 0, failed: 0, cancelled: 0 },
    pages: 0,
    bytes: 0,
    needsOcr: 0,
    engineVersion: "1",
    extractHash: "0".repeat(64),
    classifyHash: null,
  };
}

function item(ordinal: number, uri = `file:///d/${ordinal}.pdf`): ItemSubmission {
  return { ordinal, uri, sizeBytes: 1, sourceVersion: "1:1" };
}

function resultLine(ordinal: number): string {
  const row = {
    ordinal,
    uri: `file:///${ordinal}`,
    state: "succeeded",
    classifyState: "none",
    category: null,
    confidence: null,
    terms: [],
    pages: 1,
    bytes: 1,
    needsOcr: false,
    title: null,
    code: null,
    message: null,
    contentHash: null,
  };
  return `${JSON.stringify(row)}\n`;
}

function failureLine(ordinal: number): string {
  const row = {
    ordinal,
    uri: "file:///x",
    code: "EMPTY_FILE",
    message: "",
    advice: "",
    page: null,
    evidence: null,
    attempts: 1,
  };
  return `${JSON.stringify(row)}\n`;
}

const sse = (state: BatchStatus["state"], items = 0) =>
  `event: status\ndata: ${JSON.stringify(status(state, items))}\n\n`;
const chunked = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const head = (type: string) => `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`;

describe("calls", () => {
  test("carry the token and parse the answer", async () => {
    const { client, requests } = serve(() => Response.json(status("open")));
    expect(await client.getBatch(BATCH_ID)).toEqual(status("open"));
    expect(requests).toEqual([
      { method: "GET", path: `/v1/batches/${BATCH_ID}`, authorization: "Bearer secret", body: "" },
    ]);
  });

  test("an id cannot lead to another route", async () => {
    const { client, requests } = serve(() => Response.json(status("open")));
    await client.cancelBatch("../workers?x=");
    expect(requests[0]?.path).toBe("/v1/batches/..%2Fworkers%3Fx%3D/cancel");
  });

  test("an answer of another shape is PROTOCOL_MISMATCH", async () => {
    const { client } = serve(() => Response.json({ ...status("open"), items: "many" }));
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({ code: "PROTOCOL_MISMATCH" });
  });

  test("a problem keeps its code, status and context", async () => {
    const { client } = serve(problem(409, "ORDINAL_CONFLICT"));
    const error = await client.appendItems(BATCH_ID, [item(0)]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: "ORDINAL_CONFLICT",
      status: 409,
      requestId: "r1",
      message: "said ORDINAL_CONFLICT",
      context: { nextOrdinal: 3 },
    });
  });

  test("a proxy's page and an unknown code fall back to the status", async () => {
    const { client } = serve(() => new Response("<html>", { status: 403 }), problem(413, "SOMETHING_NEWER"));
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({ code: "FORBIDDEN", status: 403 });
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      message: "said SOMETHING_NEWER",
    });
  });

  test("a redirect is not followed with the token", async () => {
    const other = serve(() => Response.json(status("open")));
    const { client } = serve(() => Response.redirect(`${other.url}v1`, 302));
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({ status: 302 });
    expect(other.requests).toEqual([]);
  });

  test("an address that is none is USAGE", () => {
    expect(() => new SluiceClient({ baseUrl: "localhost:7080" })).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  test("silence ends with UNREACHABLE after the time limit", async () => {
    const { url } = serve(() => new Promise<Response>(() => {}));
    const client = new SluiceClient({ baseUrl: url, timeoutMs: 50 });
    await expect(client.cancelBatch(BATCH_ID)).rejects.toMatchObject({ code: "UNREACHABLE", status: 0 });
  });

  test("the caller's own abort is passed on as it is", async () => {
    const { client } = serve(() => new Promise<Response>(() => {}));
    const controller = new AbortController();
    const call = client.getBatch(BATCH_ID, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
  });
});

describe("trying again", () => {
  test("reads and appendItems go again after 429 and 503", async () => {
    const { client, requests } = serve(problem(503, "SHUTTING_DOWN"), problem(429, "BUSY"), () =>
      Response.json({ accepted: 1, nextOrdinal: 1 }),
    );
    expect(await client.appendItems(BATCH_ID, [item(0)])).toEqual({ accepted: 1, nextOrdinal: 1 });
    expect(requests.length).toBe(3);
  });

  test("a server that stays full is waited for, however often it says so", async () => {
    const full = Array.from({ length: 9 }, () => problem(429, "BUSY", { "retry-after": "0" }));
    const { client, requests } = serve(...full, () => Response.json({ accepted: 1, nextOrdinal: 1 }));
    expect(await client.appendItems(BATCH_ID, [item(0)])).toEqual({ accepted: 1, nextOrdinal: 1 });
    expect(requests.length).toBe(10);
    const { client: other } = serve(problem(429, "BUSY", { "retry-after": "10" }));
    const signal = AbortSignal.timeout(50);
    await expect(other.appendItems(BATCH_ID, [item(0)], { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("what changes things is sent once", async () => {
    const { client, requests } = serve(problem(503, "SHUTTING_DOWN"), () => Response.json(status("sealed")));
    await expect(client.cancelBatch(BATCH_ID)).rejects.toMatchObject({ code: "SHUTTING_DOWN" });
    expect(requests.length).toBe(1);
  });

  test("a seal may be sent again: the server takes the same one twice", async () => {
    const { client, requests } = serve(problem(503, "SHUTTING_DOWN"), () => Response.json(status("sealed")));
    expect((await client.sealBatch(BATCH_ID, 1)).state).toBe("sealed");
    expect(requests.length).toBe(2);
  });

  test("a fault that stays is not tried again", async () => {
    const { client, requests } = serve(problem(404, "NOT_FOUND"));
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(requests.length).toBe(1);
  });

  test("a server that asks for a very long wait is the caller's to judge", async () => {
    const { client, requests } = serve(problem(429, "BUSY", { "retry-after": "3600" }));
    await expect(client.getBatch(BATCH_ID)).rejects.toMatchObject({ code: "BUSY", retryAfterMs: 3_600_000 });
    expect(requests.length).toBe(1);
  });

  test("a connection that is cut in the answer is opened again", async () => {
    const body = JSON.stringify(status("open"));
    const { url, connections } = await serveRaw(
      (socket) => socket.destroy(),
      (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`),
      (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
    );
    expect(await new SluiceClient({ baseUrl: url }).getBatch(BATCH_ID)).toEqual(status("open"));
    expect(connections()).toBeGreaterThanOrEqual(3);
  });
});

describe("appendItems", () => {
  test("sends chunks that the server takes, in order", async () => {
    const { client, requests } = serve((request) =>
      request.text().then((body) => {
        const lines = body.trim().split("\n");
        return Response.json({ accepted: lines.length, nextOrdinal: JSON.parse(lines.at(-1) ?? "").ordinal + 1 });
      }),
    );
    const items = Array.from({ length: 12_000 }, (_, ordinal) => item(ordinal));
    expect(await client.appendItems(BATCH_ID, items)).toEqual({ accepted: 12_000, nextOrdinal: 12_000 });
    expect(requests.map((request) => request.body.trim().split("\n").length)).toEqual([5_000, 5_000, 2_000]);
  });

  test("long names make smaller chunks", async () => {
    const { client, requests } = serve(() => Response.json({ accepted: 1, nextOrdinal: 1 }));
    await client.appendItems(
      BATCH_ID,
      Array.from({ length: 400 }, (_, ordinal) => item(ordinal, `file:///${"x".repeat(16_000)}`)),
    );
    expect(requests.length).toBeGreaterThan(3);
    expect(Math.max(...requests.map((request) => request.body.length))).toBeLessThan(2.1 * 2 ** 20);
  });
});

test("readiness: not being ready is an answer, anything else is not", async () => {
  const checks = { storage: { ok: false, reason: "full", fullForMs: 12 } };
  const { client } = serve(() => Response.json({ ready: false, checks }, { status: 503 }), problem(500, "INTERNAL"));
  expect(await client.readiness()).toEqual({ ready: false, checks });
  await expect(client.readiness()).rejects.toMatchObject({ code: "INTERNAL" });
});

describe("watchBatch", () => {
  test("ends with the final state, through comments and events of other kinds", async () => {
    const { client } = serve(
      () => new Response(`: hello\n\nevent: other\ndata: {}\n\n${sse("open")}: beat\n\n${sse("sealed")}${sse("done")}`),
    );
    const states = await Array.fromAsync(client.watchBatch(BATCH_ID), (seen) => seen.state);
    expect(states).toEqual(["open", "sealed", "done"]);
  });

  test("connects again after a break, a refusal and an early end", async () => {
    const { url, connections } = await serveRaw(
      (socket) => {
        socket.write(head("text/event-stream") + chunked(sse("open", 1)));
        setTimeout(() => socket.destroy(), 20);
      },
      (socket) => socket.end("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
      (socket) => socket.end(`${head("text/event-stream")}${chunked(sse("sealed", 2))}0\r\n\r\n`),
      (socket) => socket.end(`${head("text/event-stream")}${chunked(sse("done", 3))}0\r\n\r\n`),
    );
    const seen = await Array.fromAsync(new SluiceClient({ baseUrl: url }).watchBatch(BATCH_ID), (each) => each.items);
    expect(seen).toEqual([1, 2, 3]);
    expect(connections()).toBeGreaterThanOrEqual(4);
  });

  test("a refusal that stays ends it", async () => {
    const { client } = serve(problem(404, "NOT_FOUND"));
    await expect(Array.fromAsync(client.watchBatch(BATCH_ID))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("gives up when nothing answers for long", async () => {
    const client = new SluiceClient({ baseUrl: "http://127.0.0.1:1" });
    await expect(Array.fromAsync(client.watchBatch(BATCH_ID, { giveUpAfterMs: 1 }))).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
  });

  test("a server that only beats for longer than that has answered: a break after it is waited for", async () => {
    const giveUpAfterMs = 400;
    const { url } = await serveRaw(
      (socket) => {
        socket.write(head("text/event-stream") + chunked(sse("open", 1)));
        const since = performance.now();
        const beat = setInterval(() => {
          socket.write(chunked(": beat\n\n"));
          if (performance.now() - since < 2 * giveUpAfterMs) return;
          clearInterval(beat);
          socket.destroy();
        }, 20);
      },
      (socket) => socket.end(`${head("text/event-stream")}${chunked(sse("done", 2))}0\r\n\r\n`),
    );
    const client = new SluiceClient({ baseUrl: url });
    const seen = await Array.fromAsync(client.watchBatch(BATCH_ID, { giveUpAfterMs }), (each) => each.items);
    expect(seen).toEqual([1, 2]);
  });

  test("leaving the loop closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    const { client } = serve(
      () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new TextEncoder().encode(sse("open"))),
            cancel: () => closed.resolve(),
          }),
        ),
    );
    for await (const seen of client.watchBatch(BATCH_ID)) {
      expect(seen.state).toBe("open");
      break;
    }
    await closed.promise;
  });
});

describe("rows", () => {
  test("a broken stream goes on behind the last row, each row once", async () => {
    const { url } = await serveRaw(
      (socket) => {
        socket.write(
          head("application/x-ndjson") + chunked(resultLine(0) + resultLine(1) + resultLine(2).slice(0, 30)),
        );
        setTimeout(() => socket.destroy(), 20);
      },
      (socket) =>
        socket.end(`${head("application/x-ndjson")}${chunked(resultLine(2))}${chunked(resultLine(3))}0\r\n\r\n`),
    );
    const ordinals = await Array.fromAsync(new SluiceClient({ baseUrl: url }).results(BATCH_ID), (row) => row.ordinal);
    expect(ordinals).toEqual([0, 1, 2, 3]);
  });

  test("failures are asked for page by page, to the empty one", async () => {
    const { client, requests } = serve(
      () => new Response(failureLine(4) + failureLine(9)),
      () => new Response(failureLine(12)),
      () => new Response(""),
    );
    const ordinals = await Array.fromAsync(client.failures(BATCH_ID), (row) => row.ordinal);
    expect(ordinals).toEqual([4, 9, 12]);
    expect(requests.map((request) => new URL(request.path, "http://x").searchParams.get("after"))).toEqual([
      null,
      "9",
      "12",
    ]);
  });

  test("state and start are passed on", async () => {
    const { client, requests } = serve(() => new Response(resultLine(8)));
    await Array.fromAsync(client.results(BATCH_ID, { state: "failed", after: 7 }));
    expect(requests[0]?.path).toBe(`/v1/batches/${BATCH_ID}/results?state=failed&after=7`);
  });
});
