import { once } from "node:events";
import { from as copyFrom } from "pg-copy-streams";
import type { Client } from "../db/database.ts";
import { copyHeader, copyTrailer } from "./copy-encoder.ts";

// Enough to make a system call worth it; larger writes only hold more memory.
const WRITE_BYTES = 128 << 10;

/**
 * Sends encoded rows to a table. Throws what PostgreSQL says of them, after which the connection is fit for a rollback. A
 * source that fails aborts the COPY, so that the connection never stays in it.
 */
export async function copyRows(client: Client, target: string, rows: AsyncIterable<Uint8Array>): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin (format binary)`));
  let refused = false;
  const finished = new Promise<void>((resolve, reject) => {
    stream.once("finish", resolve);
    stream.on("error", (error) => {
      refused = true;
      reject(error);
    });
  });
  // It is awaited later than it may reject.
  finished.catch(() => undefined);
  try {
    let waiting: Uint8Array[] = [copyHeader()];
    let waitingBytes = 0;
    for await (const row of rows) {
      if (refused) break;
      waiting.push(row);
      waitingBytes += row.byteLength;
      if (waitingBytes < WRITE_BYTES) continue;
      await write(stream, Buffer.concat(waiting), finished);
      waiting = [];
      waitingBytes = 0;
    }
    waiting.push(copyTrailer());
    if (!refused) stream.end(Buffer.concat(waiting));
  } catch (error) {
    // The stream has let go of its connection when it was the one that failed: then it must not be touched again.
    if (!refused) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
      await finished.catch(() => undefined);
      throw error;
    }
  }
  await finished;
}

async function write(stream: NodeJS.WritableStream, bytes: Buffer, finished: Promise<void>): Promise<void> {
  if (stream.write(bytes)) return;
  // After an error nothing drains any more, and `finished` rejects.
  await Promise.race([once(stream, "drain"), finished]);
}
