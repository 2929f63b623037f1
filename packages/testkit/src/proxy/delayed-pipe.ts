import type { Socket } from "node:net";

/** What is done to the bytes of a connection, asked for anew at each chunk. */
export interface PipeTraffic {
  readonly delayMs: number;
  /** null: as fast as it goes. */
  readonly bytesPerSecond: number | null;
  /** Nothing gets through, and nothing is lost: as in a network that is cut, and may be mended. */
  readonly silent: boolean;
}

// What waits here is read from the sender already; past this it has to wait as well.
const MAX_WAITING_BYTES = 256 << 10;
const SILENT_LOOK_MS = 50;

/** One direction of a connection: bytes come out in order, late, slowly or not at all. Returns what delivers at once. */
export function delayedPipe(
  from: Socket,
  to: Socket,
  traffic: PipeTraffic,
  onChunk: (chunk: Buffer) => boolean,
): () => void {
  const waiting: { chunk: Buffer; due: number }[] = [];
  let waitingBytes = 0;
  let lastDue = 0;
  let timer: Timer | null = null;
  let ended = false;

  const deliver = () => {
    timer = null;
    const now = performance.now();
    while (!traffic.silent) {
      const first = waiting[0];
      if (first === undefined || first.due > now) break;
      waiting.shift();
      waitingBytes -= first.chunk.length;
      if (onChunk(first.chunk) && !to.destroyed && !to.write(first.chunk)) {
        to.once("drain", deliver);
        return;
      }
    }
    if (waitingBytes <= MAX_WAITING_BYTES && from.isPaused()) from.resume();
    const next = waiting[0];
    if (next === undefined) {
      if (ended && !traffic.silent) to.end();
      return;
    }
    timer = setTimeout(deliver, traffic.silent ? SILENT_LOOK_MS : Math.max(0, next.due - now));
  };

  from.on("data", (data) => {
    const chunk = Buffer.from(data);
    const sendMs = traffic.bytesPerSecond === null ? 0 : (chunk.length / traffic.bytesPerSecond) * 1000;
    lastDue = Math.max(lastDue, performance.now() + traffic.delayMs) + sendMs;
    waiting.push({ chunk, due: lastDue });
    waitingBytes += chunk.length;
    if (waitingBytes > MAX_WAITING_BYTES) from.pause();
    if (timer === null && !to.writableNeedDrain) deliver();
  });
  from.on("end", () => {
    ended = true;
    if (timer === null && !to.writableNeedDrain) deliver();
  });
  const wake = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (!to.writableNeedDrain) deliver();
  };
  from.on("close", () => {
    if (timer !== null) clearTimeout(timer);
  });
  return wake;
}
