import { connect } from "node:net";

export interface RawAnswer {
  /** All bytes that came back, as Latin-1. */
  readonly text: string;
  /** Status codes of the answers among them. */
  readonly statuses: readonly number[];
  /** The other side closed the connection before the time was up. */
  readonly closed: boolean;
  readonly elapsedMs: number;
}

/** Sends bytes as they are, which no HTTP client would, and takes what comes back until the other side closes or `waitMs` is up. */
export async function rawRequest(
  url: string,
  bytes: string | Uint8Array,
  { waitMs = 1_000, drip }: { waitMs?: number; drip?: { bytes: string; everyMs: number } } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const began = performance.now();
  let text = "";
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip.bytes), drip.everyMs);
  const timer = setTimeout(() => resolve(false), waitMs);
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  socket.on("error", () => undefined);
  socket.on("close", () => resolve(true));
  const closed = await promise;
  clearTimeout(timer);
  clearInterval(dripping);
  socket.destroy();
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  return { text, statuses, closed, elapsedMs: performance.now() - began };
}
