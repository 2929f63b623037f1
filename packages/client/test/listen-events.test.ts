import { afterEach, expect, test } from "bun:test";
import type { BatchEvent, EventsReset } from "@sluice/contracts";
import { SluiceClient } from "../src/index.ts";

const BATCH_ID = "0197a000-0000-7000-8000-000000000001";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Answers each connection with the next of these texts, and keeps what it was asked. */
function serve(...streams: (string | number)[]) {
  const asked: { path: string; lastId: string | null }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push({ path: pathname + search, lastId: request.headers.get("last-event-id") });
      const stream = streams[asked.length - 1] ?? 404;
      if (typeof stream === "number") return new Response(null, { status: stream });
      return new Response(stream, { headers: { "content-type": "text/event-stream" } });
    },
  });
  closers.push(() => server.stop(true));
  return { client: new SluiceClient({ baseUrl: server.url.href }), asked };
}

function change(position: number, type: BatchEvent["type"] = "batch.paused"): string {
  const event: BatchEvent = {
    eventId: crypto.randomUUID(),
    position,
    type,
    at: "2026-12-01T00:00:00Z",
    batchId: BATCH_ID,
    name: null,
    state: "open",
    detail: {},
  };
  return `event: change\nid: ${position}\ndata: ${JSON.stringify(event)}\n\n`;
}

function reset(position: number): string {
  const told: EventsReset = { type: "reset", position, batches: [] };
  return `event: reset\nid: ${position}\ndata: ${JSON.stringify(told)}\n\n`;
}

async function take(events: AsyncIterable<BatchEvent | EventsReset>, count: number) {
  const taken: [string, number][] = [];
  for await (const { type, position } of events) {
    taken.push([type, position]);
    if (taken.length === count) break;
  }
  return taken;
}

test("goes on behind the last event after breaks and refusals; what was cut off is no event", async () => {
  const { client, asked } = serve(
    `: still here\n\n${change(4)}${change(5)}event: change\nid: 6\ndata: {"half`,
    503,
    change(6) + reset(9),
    change(10),
  );
  const taken = await take(client.events({ after: 3, types: ["batch.paused", "batch.done"] }), 5);
  expect(taken).toEqual([
    ["batch.paused", 4],
    ["batch.paused", 5],
    ["batch.paused", 6],
    ["reset", 9],
    ["batch.paused", 10],
  ]);
  expect(asked.map(({ lastId }) => lastId)).toEqual(["3", "5", "5", "9"]);
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(["/v1/events?types=batch.paused%2Cbatch.done"]));
});

test("without a position it begins now, and a status moves it on as well", async () => {
  const beat = `event: other\nid: 7\ndata: {}\n\n`;
  const { client, asked } = serve(beat, change(8));
  expect(await take(client.events(), 1)).toEqual([["batch.paused", 8]]);
  expect(asked.map(({ lastId }) => lastId)).toEqual([null, "7"]);
});

test("a refusal that stays is the caller's", async () => {
  const { client } = serve(404);
  await expect(take(client.batchEvents(BATCH_ID), 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
