import type { BatchEvent, BatchStatus, EventsReset } from "@sluice/contracts";
import { listenEvents, type ListenOptions } from "../listen-events.ts";
import type { WatchOptions } from "../resumed-events.ts";
import { watchBatch } from "../watch-batch.ts";
import type { ApiCalls } from "../api-calls.ts";
import { batchPath } from "../api-paths.ts";

/** What happens, as it happens. */
export function eventCalls(calls: ApiCalls) {
  return {
    /** The batch at once and at every change, to the final state; see `watchBatch`. */
    watchBatch(batchId: string, options: WatchOptions = {}): AsyncIterable<BatchStatus> {
      return watchBatch(calls.target, `${batchPath(batchId)}/events`, options);
    },

    /** What happens to all batches that one may see, without end; see `listenEvents`. Go on elsewhere by the last `position`. */
    events(options: ListenOptions = {}): AsyncIterable<BatchEvent | EventsReset> {
      return listenEvents(calls.target, { path: "/v1/events", ofBatch: false }, options);
    },

    /** What happens to one batch, until it has ended. */
    batchEvents(batchId: string, options: Omit<ListenOptions, "types"> = {}): AsyncIterable<BatchEvent | EventsReset> {
      return listenEvents(calls.target, { path: `${batchPath(batchId)}/events`, ofBatch: true }, options);
    },
  };
}
