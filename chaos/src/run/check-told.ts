import {
  batchEventFaults,
  type BookedWebhook,
  deliveryFaults,
  type StoredEvent,
  watchFaults,
} from "../check/check-events.ts";
import { readWatched } from "../client/watcher.ts";
import { readCalls } from "../receiver/received-call.ts";
import type { SubmitParts } from "./submit.ts";
import { PROBE } from "./use-token.ts";

export interface Told {
  readonly webhooks: readonly BookedWebhook[];
  /** The journal of those who listen. */
  readonly watched: string;
}

/** A delivery that met a receiver that was away waits for its next try, at the fifth for a minute. */
const PATIENCE_MS = 150_000;
const LOOK_MS = 250;

/** Waits until everybody has been told of everything, and holds what they were told against the book. */
export async function checkTold(
  parts: SubmitParts & { receiverFolder: string },
  round: number,
  { webhooks, watched }: Told,
): Promise<void> {
  const { fleet, book, receiverFolder } = parts;
  const begun = performance.now();
  for (;;) {
    const [waiting] = await fleet.query<{ deliveries: number; events: number; unplaced: number }>(
      `select (select count(*)::int from webhook_deliveries where state = 'pending') as deliveries,
              (select count(*)::int from batch_events) as events,
              (select count(*)::int from batch_events where position is null) as unplaced`,
    );
    const isOver = waiting?.deliveries === 0 && waiting.unplaced === 0 && readWatched(watched).length >= waiting.events;
    if (isOver || performance.now() - begun > PATIENCE_MS || parts.signal.aborted) break;
    await Bun.sleep(LOOK_MS);
  }
  parts.log.note("told", { round, afterSeconds: Math.round((performance.now() - begun) / 100) / 10 });
  const events = await fleet.query<StoredEvent>(
    "select event_id, batch_id, name, type, position::int as position from batch_events order by position",
  );
  const states = new Map(
    (await fleet.query<{ id: string; state: string }>("select id, state from batches")).map(({ id, state }) => [
      id,
      state,
    ]),
  );
  const calls = readCalls(receiverFolder);
  const byBatch = Map.groupBy(events, ({ batch_id }) => batch_id);
  for (const batch of book.batches.filter((one) => one.round === round)) {
    const { batchId } = batch;
    if (batchId === null) continue;
    const faults = batchEventFaults(batch, states.get(batchId) ?? null, byBatch.get(batchId) ?? []);
    for (const fault of faults) book.violate({ round, batchId, name: batch.submission.name, ...fault });
  }
  const names = new Set(book.batches.map(({ submission }) => submission.name));
  for (const { batch_id: batchId, name, type } of events) {
    if (names.has(name) || name.startsWith(PROBE)) continue;
    book.violate({ round, batchId, name, kind: "an event of no batch", detail: type });
  }
  for (const fault of watchFaults(readWatched(watched), events)) {
    book.violate({ round, batchId: null, name: "the watcher", ...fault });
  }
  for (const webhook of webhooks) {
    for (const fault of deliveryFaults(webhook, calls, events)) {
      book.violate({ round, batchId: null, name: "the receiver", ...fault });
    }
  }
  book.counts.set("events: told", events.length);
  book.counts.set("events: calls of the receiver", calls.length);
}
