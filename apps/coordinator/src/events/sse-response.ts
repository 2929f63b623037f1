import { AppError, type BatchStatus } from "@sluice/contracts";

// Proxies and clients drop a line that is silent for long.
const HEARTBEAT_MS = 5_000;

/** Server-sent events of a batch's status; the server closes after the last. Leaving the response ends the watch. */
export function sseResponse(statuses: AsyncGenerator<BatchStatus | null>, abort: AbortController): Response {
  let lastSent = Date.now();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await statuses.next();
          if (done) {
            controller.close();
            return;
          }
          if (value === null && Date.now() - lastSent < HEARTBEAT_MS) continue;
          lastSent = Date.now();
          const text = value === null ? ": still here\n\n" : `event: status\ndata: ${JSON.stringify(value)}\n\n`;
          controller.enqueue(encoder.encode(text));
          return;
        }
      } catch (error) {
        // The client reconnects and hears what is wrong from the status of that response.
        controller.error(error instanceof AppError ? error : new Error("The watch failed.", { cause: error }));
      }
    },
    async cancel() {
      abort.abort();
      await statuses.return(undefined);
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache", "x-accel-buffering": "no" },
  });
}
