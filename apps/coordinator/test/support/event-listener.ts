import type { BatchEvent, EventsReset } from "@sluice/contracts";
import { type Json, waitUntil } from "./test-coordinator.ts";

export interface EventListener extends AsyncDisposable {
  readonly heard: (BatchEvent | EventsReset)[];
  /** Those of one batch, or all, without resets. */
  events(batchId?: string): BatchEvent[];
  types(batchId: string): string[];
  /** Waits until so many events of it have come. */
  hears(batchId: string, count: number): Promise<BatchEvent[]>;
}

/** Listens until its scope ends; `listen` is one of the client's methods. */
export function startListening(
  listen: (options: { signal: AbortSignal }) => AsyncIterable<BatchEvent | EventsReset>,
): EventListener {
  const abort = new AbortController();
  const heard: (BatchEvent | EventsReset)[] = [];
  let fault: Json = null;
  const listening = (async () => {
    try {
      for await (const event of listen({ signal: abort.signal })) heard.push(event);
    } catch (error) {
      if (!abort.signal.aborted) fault = error;
    }
  })();
  const events = (batchId?: string) =>
    heard.filter(
      (event): event is BatchEvent => event.type !== "reset" && (batchId === undefined || event.batchId === batchId),
    );
  return {
    heard,
    events,
    types: (batchId) => events(batchId).map((event) => event.type),
    hears: (batchId, count) =>
      waitUntil(() => {
        if (fault !== null) throw fault;
        return events(batchId).length >= count ? events(batchId) : null;
      }),
    [Symbol.asyncDispose]: async () => {
      abort.abort();
      await listening;
    },
  };
}
