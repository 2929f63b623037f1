import { AppError } from "@sluice/contracts";
import { S3Client } from "bun";
import { databaseCode } from "../db/database-error.ts";
import type { BlobStore } from "./blob-store.ts";

export interface S3Access {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  readonly sessionToken?: string | undefined;
}

// What is held in memory of one upload: parts that are on their way, and the one that is filled.
const PART_BYTES = 5 << 20;
const PARTS_AT_A_TIME = 4;
const TRIES = 3;

/** Objects below a prefix of a bucket, which all coordinators share. Uploads go through in parts, never onto a disk. */
export class S3BlobStore implements BlobStore {
  readonly #client: S3Client;
  readonly #prefix: string;

  constructor({ bucket, prefix, access }: { bucket: string; prefix: string; access: S3Access }) {
    const given = Object.fromEntries(Object.entries(access).filter(([, value]) => value !== undefined));
    this.#client = new S3Client({ bucket, ...given });
    this.#prefix = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  }

  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const iterator = chunks[Symbol.asyncIterator]();
    const writer = this.#client
      .file(this.#prefix + name)
      .writer({ partSize: PART_BYTES, queueSize: PARTS_AT_A_TIME, retry: TRIES, type: "application/octet-stream" });
    try {
      let unsent = 0;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done === true) break;
        await onS3(async () => {
          await writer.write(value);
          unsent += value.byteLength;
          // Without this the whole upload would be in memory, however slow the store is.
          if (unsent >= PART_BYTES * PARTS_AT_A_TIME) {
            await writer.flush();
            unsent = 0;
          }
        });
      }
      await onS3(async () => await writer.end());
    } catch (error) {
      await this.#abandon(name, writer, error);
      throw error;
    } finally {
      await iterator.return?.();
    }
  }

  /** The library makes an object of what it has, even of an upload that it is told has failed. */
  async #abandon(name: string, writer: Bun.NetworkSink, error: unknown): Promise<void> {
    try {
      await writer.end(error instanceof Error ? error : new Error(String(error)));
    } catch {
      // It has failed already, and why is thrown by who called.
    }
    // What cannot be removed now is found by the sweep.
    await this.#client.delete(this.#prefix + name).catch(() => undefined);
  }

  async read(name: string, { start, end }: { start: number; end: number }): Promise<ReadableStream<Uint8Array> | null> {
    if ((await this.sizeOf(name)) === null) return null;
    return this.#client
      .file(this.#prefix + name)
      .slice(start, end)
      .stream();
  }

  async sizeOf(name: string): Promise<number | null> {
    try {
      return (await this.#client.stat(this.#prefix + name)).size;
    } catch (error) {
      if (databaseCode(error) === "NoSuchKey") return null;
      throw unavailable(error);
    }
  }

  async remove(name: string): Promise<void> {
    await onS3(async () => {
      await this.#client.delete(this.#prefix + name);
    });
  }

  linkTo(name: string, seconds: number): string {
    return this.#client.presign(this.#prefix + name, { method: "GET", expiresIn: seconds });
  }

  async *list(): AsyncGenerator<{ name: string; modifiedAt: Date }> {
    let after: string | undefined;
    for (;;) {
      const page = await onS3(
        async () =>
          await this.#client.list({ prefix: this.#prefix, ...(after === undefined ? {} : { startAfter: after }) }),
      );
      for (const { key, lastModified } of page.contents ?? []) {
        after = key;
        yield { name: key.slice(this.#prefix.length), modifiedAt: new Date(lastModified ?? Date.now()) };
      }
      if (page.isTruncated !== true) return;
    }
  }
}

async function onS3<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): AppError {
  const code = databaseCode(error) ?? (error instanceof Error ? error.message : String(error));
  return new AppError("BLOBS_UNAVAILABLE", `The S3 server of the blob store answers with ${code}.`, { cause: error });
}
