/** A chat call as it went to the server. */
export interface RecordedCall {
  readonly path: string;
  readonly body: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface CallRecorder extends AsyncDisposable {
  readonly url: string;
  /** The calls since it was last asked, in the order of their starts. */
  take(): RecordedCall[];
}

/** Stands before an LLM's server, hands everything on, and writes down what is asked and how long the server takes for it. */
export function startCallRecorder(serverUrl: string): CallRecorder {
  let calls: RecordedCall[] = [];
  const proxy = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    fetch: async (request) => {
      const path = new URL(request.url).pathname;
      const body = request.method === "POST" ? await request.text() : null;
      const startedMs = performance.now();
      const answer = await fetch(`${serverUrl}${path}`, {
        method: request.method,
        ...(body === null ? {} : { body, headers: { "content-type": "application/json" } }),
      });
      const bytes = await answer.bytes();
      // Loading the model asks nothing.
      if (body !== null && !body.includes('"messages":[]')) {
        calls.push({ path, body, startedMs, endedMs: performance.now() });
      }
      return new Response(bytes, { status: answer.status, headers: { "content-type": "application/json" } });
    },
  });
  return {
    url: `http://127.0.0.1:${proxy.port}`,
    take: () => {
      const taken = calls.toSorted((left, right) => left.startedMs - right.startedMs);
      calls = [];
      return taken;
    },
    [Symbol.asyncDispose]: () => proxy.stop(true),
  };
}

/** Calls that were in hand at one moment, at most. */
export function mostAtATime(calls: readonly RecordedCall[]): number {
  const changes = calls.flatMap(({ startedMs, endedMs }) => [
    { at: startedMs, by: 1 },
    { at: endedMs, by: -1 },
  ]);
  changes.sort((left, right) => left.at - right.at || left.by - right.by);
  let running = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (running += by));
  return most;
}

/** Milliseconds in which at least one call was in hand. */
export function busyMs(calls: readonly RecordedCall[]): number {
  let busy = 0;
  let until = -Infinity;
  for (const { startedMs, endedMs } of calls) {
    busy += Math.max(0, endedMs - Math.max(startedMs, until));
    until = Math.max(until, endedMs);
  }
  return busy;
}

/** From the first start to the last end. */
export function spanMs(calls: readonly RecordedCall[]): number {
  return Math.max(...calls.map(({ endedMs }) => endedMs)) - Math.min(...calls.map(({ startedMs }) => startedMs));
}
