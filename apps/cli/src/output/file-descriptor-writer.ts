import { write } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const FLUSH_AT_BYTES = 64 * 1024;

/**
 * Writes text and bytes to a file descriptor in blocks, each awaited, so that a slow reader slows the writer down and memory
 * stays bounded. Unlike Bun's FileSink every failure surfaces here, once: EPIPE when the reader has gone, ENOSPC when
 * the disk is full.
 */
export class FileDescriptorWriter {
  readonly #descriptor: number;
  #pending: string[] = [];
  #pendingBytes = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async write(text: string): Promise<void> {
    this.#pending.push(text);
    this.#pendingBytes += text.length;
    if (this.#pendingBytes >= FLUSH_AT_BYTES) await this.flush();
  }

  /** Bytes as they are, behind all text before them. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.flush();
    let offset = 0;
    while (offset < bytes.length) offset += await writeSome(this.#descriptor, bytes, offset);
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(""));
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.writeBytes(bytes);
  }
}

async function writeSome(descriptor: number, bytes: Uint8Array, offset: number): Promise<number> {
  try {
    return await new Promise<number>((resolve, reject) => {
      write(descriptor, bytes, offset, bytes.length - offset, null, (error, written) => {
        if (error === null) resolve(written);
        else reject(error);
      });
    });
  } catch (error) {
    // A pipe that another process has made non-blocking says "not now" instead of waiting.
    if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    await sleep(5);
    return 0;
  }
}
