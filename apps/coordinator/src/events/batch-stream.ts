import { AppError } from "@sluice/contracts";
import type { EventLog } from "./event-log.ts";
import { awaitNews } from "./news.ts";
import { BEAT_MS } from "./sse-response.ts";
import type { SeenStatus, StatusFeeds, WatchedStatus } from "./status-feeds.ts";
import { changeMessage, resetMessage, type StreamMessage } from "./stream-message.ts";

export interface StreamParts {
  readonly eventLog: EventLog;
  readonly statusFeeds: StatusFeeds;
}

/**
 * A batch's events behind a position, then its status and what follows, until it is done or cancelled and everything is told, or
 * `signal` aborts. Without a position it begins with the status. Null stands for "nothing new", so that the caller can keep
 * its line alive.
 */
export async function* batchStream(
  { eventLog, statusFeeds }: StreamParts,
  { batchId, after }: { batchId: string; after: number | null },
  signal: AbortSignal,
): AsyncGenerator<StreamMessage | null> {
  await eventLog.look();
  using feed = statusFeeds.watch(batchId);
  const scope = { batchId, visibleTo: null };
  let told = after ?? eventLog.head;
  let shown = 0;
  while (!signal.aborted) {
    // Taken before the look, so that nothing falls between.
    const known = [
      [eventLog.news, eventLog.news.version],
      [feed.news, feed.news.version],
    ] as const;
    const seen = statusOf(feed);
    const ended = seen === "gone" || seen?.status.state === "done" || seen?.status.state === "cancelled";
    // What ended it is committed; it is told before the end.
    if (ended) await eventLog.look();
    const page = told > eventLog.head ? null : await eventLog.after(told, scope);
    if (page === null || page.forgotten > told) {
      // Of another database or a later state of this one, or of what is not kept any more.
      const status = await firstStatus(feed, signal);
      if (status === "gone" || status === null) return;
      told = eventLog.head;
      yield resetMessage(told, [status.status]);
      continue;
    }
    for (const event of page.events) yield changeMessage(event);
    told = page.until;
    if (told < eventLog.head) continue;
    if (seen === "gone") return;
    if (seen !== null && seen.version !== shown) {
      shown = seen.version;
      yield { event: "status", id: told, data: seen.text };
    } else if (page.events.length === 0) yield null;
    if (ended) return;
    await awaitNews(known, BEAT_MS, signal);
  }
}

/** Null before the first look. A batch that is gone has an end as well. */
function statusOf(feed: WatchedStatus): SeenStatus | "gone" | null {
  try {
    return feed.seen;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return "gone";
    throw error;
  }
}

async function firstStatus(feed: WatchedStatus, signal: AbortSignal): Promise<SeenStatus | "gone" | null> {
  for (;;) {
    const { version } = feed.news;
    const seen = statusOf(feed);
    if (seen !== null || signal.aborted) return seen;
    await awaitNews([[feed.news, version]], BEAT_MS, signal);
  }
}
