/**
 * A TCP port of 127.0.0.1 that nobody held a moment ago. Another program can still be faster: callers retry. In one go,
 * because whoever connected meanwhile (a client that looks for a server gone from there) would hold up the closing.
 */
export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}
