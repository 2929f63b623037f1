import { AppError } from "@sluice/contracts";

/** Less than this in a whole window is no upload but a connection that is held open: 1 KB/s in windows of 30 s. */
const BYTES_A_SECOND = 1_024;

/**
 * The body of a request as it arrives, at the pace of the reader. UPLOAD_STALLED when it does not go on (time that the reader
 * takes for itself does not count), UPLOAD_CUT when the connection ends before it does.
 */
export async function* readBody(
  body: ReadableStream<Uint8Array> | null,
  { stallMs }: { stallMs: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return;
  // Two declarations of the same class; this one's chunks are bytes.
  const reader = body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  let waitedMs = 0;
  let bytes = 0;
  try {
    for (;;) {
      const asked = performance.now();
      const chunk = await within(stallMs - waitedMs, read(reader), stallMs);
      if (chunk.done) return;
      waitedMs += performance.now() - asked;
      bytes += chunk.value.byteLength;
      if (bytes >= (BYTES_A_SECOND * stallMs) / 1_000) {
        bytes = 0;
        waitedMs = 0;
      }
      yield chunk.value;
    }
  } finally {
    // Whoever stops early wants no more of it; the server closes the connection.
    await reader.cancel().catch(() => undefined);
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<{ done: true } | { done: false; value: Uint8Array }> {
  try {
    const { done, value } = await reader.read();
    return done ? { done } : { done, value };
  } catch (error) {
    throw new AppError("UPLOAD_CUT", "The connection ended before the body did.", { cause: error });
  }
}

async function within<Result>(leftMs: number, work: Promise<Result>, stallMs: number): Promise<Result> {
  const stalled = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => stalled.reject(new AppError("UPLOAD_STALLED", `The body did not go on within ${stallMs / 1_000} s.`)),
    Math.max(0, leftMs),
  );
  // Whichever of the two is later is nobody's any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, stalled.promise]);
  } finally {
    clearTimeout(timer);
  }
}
