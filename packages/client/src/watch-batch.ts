import { type BatchStatus, batchStatusSchema } from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { pause } from "./back-off.ts";
import { type Call, callStream, type HttpTarget, retryDelayMs } from "./http-call.ts";
import { serverSentEvents } from "./server-sent-events.ts";

export interface WatchOptions {
  signal?: AbortSignal;
  /** How long nothing may answer before it ends with UNREACHABLE. Default one minute: a restart takes less. */
  giveUpAfterMs?: number;
}

/** The server sends a comment every 5 s; three missed ones mean that it or the way to it is gone. */
const MAX_SILENCE_MS = 16_000;

/**
 * A batch as it stands now and after every change, until its state is `done` or `cancelled`. Connects again after a
 * break; statuses in between are lost, the newest never is.
 */
export async function* watchBatch(
  target: HttpTarget,
  path: string,
  options: WatchOptions = {},
): AsyncGenerator<BatchStatus, void, undefined> {
  const silenceBound = { ...target, timeoutMs: Math.min(target.timeoutMs, MAX_SILENCE_MS) };
  const giveUpAfterMs = options.giveUpAfterMs ?? 60_000;
  const call: Call = { method: "GET", path, accept: "text/event-stream", repeatable: true };
  if (options.signal !== undefined) call.signal = options.signal;
  let breaks = 0;
  let lastSignOfLife = performance.now();
  // A batch in which nothing changes for long is no silence of its server.
  const onHeard = () => (lastSignOfLife = performance.now());
  for (;;) {
    let fault: unknown = null;
    try {
      for await (const event of serverSentEvents(heard(callStream(silenceBound, call), onHeard))) {
        if (event.event !== "status") continue;
        const status = parseStatus(path, event.data);
        breaks = 0;
        yield status;
        onHeard();
        if (status.state === "done" || status.state === "cancelled") return;
      }
    } catch (error) {
      fault = error;
    }
    options.signal?.throwIfAborted();
    breaks += 1;
    // A stream that ends before the final state is a server that stops: the next one answers in its place.
    const waitMs = fault === null ? retryDelayMs(endedEarly(path), breaks) : retryDelayMs(fault, breaks);
    if (waitMs === null || performance.now() - lastSignOfLife > giveUpAfterMs) throw fault ?? endedEarly(path);
    await pause(waitMs, options.signal);
  }
}

async function* heard(chunks: AsyncIterable<Uint8Array>, onHeard: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onHeard();
    yield chunk;
  }
}

function parseStatus(path: string, data: string): BatchStatus {
  try {
    return batchStatusSchema.parse(JSON.parse(data));
  } catch (error) {
    throw new ApiError("PROTOCOL_MISMATCH", `an event of GET ${path} is not what this version understands`, {
      status: 200,
      cause: error,
    });
  }
}

function endedEarly(path: string): ApiError {
  return new ApiError("UNREACHABLE", `GET ${path} ended before the batch did`, { status: 0 });
}
