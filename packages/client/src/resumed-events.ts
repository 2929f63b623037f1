import type { z } from "zod";
import { ApiError } from "./api-error.ts";
import { pause } from "./back-off.ts";
import { type Call, callStream, type HttpTarget, retryDelayMs } from "./http-call.ts";
import { type ServerSentEvent, serverSentEvents } from "./server-sent-events.ts";

export interface WatchOptions {
  signal?: AbortSignal;
  /** How long nothing may answer before it ends with UNREACHABLE. Default one minute: a restart takes less. */
  giveUpAfterMs?: number;
}

export interface EventsCall {
  readonly path: string;
  readonly query?: Call["query"];
  /** The event after which it begins. */
  readonly lastId?: string;
}

/** The server sends a comment every 5 s; three missed ones mean that it or the way to it is gone. */
const MAX_SILENCE_MS = 16_000;

/**
 * The events of a stream that has no end of its own: after a break it is opened again behind the last event that was given, so
 * that the server leaves none out. Whoever has heard enough leaves the loop.
 */
export async function* resumedEvents(
  target: HttpTarget,
  { path, query = {}, lastId }: EventsCall,
  options: WatchOptions = {},
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const silenceBound = { ...target, timeoutMs: Math.min(target.timeoutMs, MAX_SILENCE_MS) };
  const giveUpAfterMs = options.giveUpAfterMs ?? 60_000;
  let last = lastId ?? null;
  let breaks = 0;
  let lastSignOfLife = performance.now();
  // A stream in which nothing happens for long is no silence of its server.
  const onHeard = () => (lastSignOfLife = performance.now());
  for (;;) {
    const call: Call = { method: "GET", path, query, accept: "text/event-stream", repeatable: true };
    if (options.signal !== undefined) call.signal = options.signal;
    if (last !== null) call.headers = { "last-event-id": last };
    let fault: unknown = null;
    try {
      for await (const event of serverSentEvents(heard(callStream(silenceBound, call), onHeard))) {
        yield event;
        last = event.id ?? last;
        breaks = 0;
        onHeard();
      }
    } catch (error) {
      fault = error;
    }
    options.signal?.throwIfAborted();
    breaks += 1;
    // A stream that ends is of a server that stops: the next one answers in its place.
    const waitMs = fault === null ? retryDelayMs(endedEarly(path), breaks) : retryDelayMs(fault, breaks);
    if (waitMs === null || performance.now() - lastSignOfLife > giveUpAfterMs) throw fault ?? endedEarly(path);
    await pause(waitMs, options.signal);
  }
}

/** What an event says, by its schema. */
export function parseEvent<S extends z.ZodType>(path: string, { data }: ServerSentEvent, schema: S): z.infer<S> {
  try {
    return schema.parse(JSON.parse(data));
  } catch (error) {
    throw new ApiError("PROTOCOL_MISMATCH", `an event of GET ${path} is not what this version understands`, {
      status: 200,
      cause: error,
    });
  }
}

async function* heard(chunks: AsyncIterable<Uint8Array>, onHeard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onHeard();
    yield chunk;
  }
}

function endedEarly(path: string): ApiError {
  return new ApiError("UNREACHABLE", `GET ${path} ended early`, { status: 0 });
}
