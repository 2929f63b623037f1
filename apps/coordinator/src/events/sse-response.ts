import { AppError } from "@sluice/contracts";
import type { StreamMessage } from "./stream-message.ts";

// Proxies and clients drop a line that is silent for long.
const HEARTBEAT_MS = 5_000;
/** How often a stream without news says so at least. */
export const BEAT_MS = 2_500;

/** Messages as server-sent events; the server closes after the last. Leaving the response ends the stream. */
export function sseResponse(messages: AsyncGenerator<StreamMessage | null>, abort: AbortController): Response {
  let lastSent = 0;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          const { done, value } = await messages.next();
          if (done) {
            controller.close();
            return;
          }
          if (value === null && Date.now() - lastSent < HEARTBEAT_MS) continue;
          lastSent = Date.now();
          controller.enqueue(encoder.encode(value === null ? ": still here\n\n" : formatMessage(value)));
          return;
        }
      } catch (error) {
        // The client reconnects and hears what is wrong from the status of that response.
        controller.error(error instanceof AppError ? error : new Error("The stream failed.", { cause: error }));
      }
    },
    async cancel() {
      abort.abort();
      await messages.return(undefined);
    },
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache", "x-accel-buffering": "no" },
  });
}

function formatMessage({ event, id, data }: StreamMessage): string {
  return `event: ${event}\nid: ${id}\ndata: ${data}\n\n`;
}
