import { createHmac } from "node:crypto";
import type { Watched } from "../client/watcher.ts";
import type { ReceivedCall } from "../receiver/received-call.ts";
import type { BookedBatch } from "../run/book.ts";

/** An event as the database has it, in the order of its position. */
export interface StoredEvent extends Record<string, unknown> {
  event_id: string;
  batch_id: string;
  name: string;
  type: string;
  position: number;
}

export interface BookedWebhook {
  /** Where it is delivered. */
  readonly path: string;
  readonly secret: string;
  /** null: all. */
  readonly types: readonly string[] | null;
}

interface Fault {
  readonly kind: string;
  readonly detail: string;
}

/** Events that there must be of a batch, by what its client and the run did: by type, at least and at most so many. */
export function batchEventFaults(batch: BookedBatch, state: string | null, events: readonly StoredEvent[]): Fault[] {
  const count = (type: string) => events.filter((event) => event.type === `batch.${type}`).length;
  const most = 1 + batch.retries;
  const isCancelled = state === "cancelled" || (state === null && count("cancelled") > 0);
  const bounds: [string, number, number][] = [
    ["opened", 1, 1],
    ["sealed", batch.end === "sealed" && !isCancelled ? 1 : 0, 1],
    ["done", isCancelled ? 0 : 1, isCancelled ? most - 1 : most],
    ["cancelled", isCancelled ? 1 : 0, 1],
    ["deleted", batch.deleted ? 1 : 0, batch.deleted ? 1 : 0],
    ["paused", batch.paused === null ? 0 : 1, 1],
    ["priority", 0, 1],
    ["retried", 0, most - 1],
  ];
  const faults = bounds
    .filter(([type, from, to]) => count(type) < from || count(type) > to)
    .map(([type, from, to]) => `${count(type)} of batch.${type} instead of ${from === to ? from : `${from} to ${to}`}`);
  if (events[0]?.type !== "batch.opened") faults.push(`${events[0]?.type ?? "nothing"} comes first`);
  const last = events.at(-1)?.type.replace("batch.", "") ?? "";
  const ends = batch.deleted ? ["deleted"] : ["done", "cancelled"];
  if (!ends.includes(last)) faults.push(`${last} comes last`);
  return faults.map((detail) => ({ kind: "events that did not happen, or are not told", detail }));
}

/** Whoever listened has heard each event once, in order. */
export function watchFaults(watched: readonly Watched[], events: readonly StoredEvent[]): Fault[] {
  const heard = watched.map(({ position, eventId }) => `${position} ${eventId}`);
  const told = events.map((event) => `${event.position} ${event.event_id}`);
  const at = told.findIndex((event, index) => heard[index] !== event);
  if (at === -1 && heard.length === told.length) return [];
  const detail = `${heard.length} heard, ${told.length} told; at ${at}: ${heard[at]} instead of ${told[at]}`;
  return [{ kind: "a listener missed an event, or heard one twice", detail }];
}

/** Each event that a webhook is for has arrived, in the order of its batch, and everything that came is genuine. */
export function deliveryFaults(
  webhook: BookedWebhook,
  calls: readonly ReceivedCall[],
  events: readonly StoredEvent[],
): Fault[] {
  const faults: Fault[] = [];
  const mine = calls.filter(({ path }) => path === webhook.path);
  for (const call of mine)
    if (!isGenuine(call, webhook.secret)) faults.push({ kind: "a forged delivery", detail: call.id });
  const wanted = events.filter(({ type }) => webhook.types === null || webhook.types.includes(type));
  const byId = new Map(wanted.map((event) => [event.event_id, event]));
  const arrived = new Set<string>();
  const lastOf = new Map<string, number>();
  for (const { id, mode, body } of mine) {
    const event = byId.get(id);
    if (event === undefined) {
      faults.push({ kind: "a delivery of nothing", detail: `${webhook.path} ${id}` });
      continue;
    }
    const { type, data } = JSON.parse(body) as { type: string; data: { eventId: string; batchId: string } };
    if (type !== event.type || data.eventId !== id || data.batchId !== event.batch_id) {
      faults.push({ kind: "a delivery of another event", detail: `${webhook.path} ${id}: ${body.slice(0, 300)}` });
    }
    const before = lastOf.get(event.batch_id) ?? 0;
    // What comes again comes after itself, or late: only what is new must be behind all that has arrived.
    if (!arrived.has(id) && event.position < before) {
      faults.push({
        kind: "delivered out of order",
        detail: `${webhook.path} ${id} at ${event.position}, behind ${before}`,
      });
    }
    if (mode !== "well") continue;
    arrived.add(id);
    lastOf.set(event.batch_id, Math.max(before, event.position));
  }
  const missing = wanted.filter(({ event_id }) => !arrived.has(event_id));
  for (const event of missing.slice(0, 5)) {
    faults.push({ kind: "not delivered", detail: `${webhook.path} ${event.event_id} ${event.type} of ${event.name}` });
  }
  return faults;
}

function isGenuine({ id, timestamp, signature, body }: ReceivedCall, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return signature.split(" ").includes(`v1,${expected}`);
}
