import { NDJSON } from "@sluice/contracts";

/** A stream of JSON lines that is produced as fast as the client reads it. Leaving it ends the producer. */
export function ndjsonResponse(pages: AsyncGenerator<readonly object[]>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((row) => `${JSON.stringify(row)}\n`).join("")));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, { headers: { "content-type": NDJSON } });
}
