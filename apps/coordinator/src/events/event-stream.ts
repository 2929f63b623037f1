import type { BatchEvent, BatchStatus } from "@sluice/contracts";
import type { EventLog } from "./event-log.ts";
import { awaitNews } from "./news.ts";
import { BEAT_MS } from "./sse-response.ts";
import { changeMessage, resetMessage, type StreamMessage } from "./stream-message.ts";

export interface EventStreamRequest {
  /** Null: what comes from now on. */
  readonly after: number | null;
  /** Null: all. */
  readonly types: readonly BatchEvent["type"][] | null;
  readonly visibleTo: string | null;
}

/**
 * Events of all batches that somebody may see, behind a position and then as they come, until `signal` aborts. Null stands for
 * "nothing new", so that the caller can keep its line alive.
 */
export async function* eventStream(
  parts: { readonly eventLog: EventLog; unfinished(): Promise<BatchStatus[]> },
  { after, types, visibleTo }: EventStreamRequest,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage | null> {
  const { eventLog } = parts;
  await eventLog.look();
  const scope = { batchId: null, visibleTo };
  let told = after ?? eventLog.head;
  while (!signal.aborted) {
    // Taken before the look, so that nothing falls between.
    const { version } = eventLog.news;
    const { head } = eventLog;
    const page = told > head ? null : await eventLog.after(told, scope);
    if (page === null || page.forgotten > told) {
      // Of another database or a later state of this one, or of what is not kept any more.
      told = head;
      yield resetMessage(told, await parts.unfinished());
      continue;
    }
    for (const event of page.events) if (types?.includes(event.event.type) ?? true) yield changeMessage(event);
    told = page.until;
    if (told < eventLog.head) continue;
    yield null;
    await awaitNews([[eventLog.news, version]], BEAT_MS, signal);
  }
}
