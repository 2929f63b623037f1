import { createServer } from "node:net";

// Below the ports that Linux (32768) and macOS (49152) give to connections and to listeners on port 0: one of those may be
// taken by a stranger while the part that owns it is down.
const FIRST = 15_000;
const LAST = 32_000;
const TRIES = 100;
const given = new Set<number>();

/** A free port of 127.0.0.1 that nobody is given by chance, so that a part finds it free when it comes back. */
export async function keepablePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port between ${FIRST} and ${LAST} in ${TRIES} tries`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
