import { writeSync } from "node:fs";

const STDOUT = 1;
const WAIT_MS = 2;

/**
 * Writes all of it where stdout stands, and returns when it is out. `Bun.write` would take a file behind stdout for its
 * own: it empties it when there is nothing to write, with all that others have put there. A reader that has gone away is no
 * error: what it would have read is dropped.
 */
export function writeStdout(content: Uint8Array | string): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  for (let offset = 0; offset < bytes.length;) {
    try {
      offset += writeSync(STDOUT, bytes, offset);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Bun.sleepSync(WAIT_MS);
    }
  }
}
