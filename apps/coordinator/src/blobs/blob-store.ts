/**
 * Where uploaded bytes lie: a folder, or a bucket of S3. An object gets a name of its own, never used twice, so that
 * removing one can never hit what was uploaded since; which content it is, is known to the database.
 */
export interface BlobStore {
  /** Keeps all of `chunks` under `name`, or nothing: what they throw is thrown on. DISK_FULL, BLOBS_UNAVAILABLE. */
  write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes from `start` up to but not including `end`, or null when there is no such object. */
  read(name: string, range: { start: number; end: number }): Promise<Blob | ReadableStream<Uint8Array> | null>;
  /** Size in bytes, or null when there is no such object. */
  sizeOf(name: string): Promise<number | null>;
  /** Removing what is not there is fine. */
  remove(name: string): Promise<void>;
  /** An address that whoever has it can read the object at for so long; null where the coordinator itself must serve it. */
  linkTo(name: string, seconds: number): string | null;
  /** Everything that lies there, unfinished writes included. */
  list(): AsyncIterable<{ name: string; modifiedAt: Date }>;
}

/** A name for a new object. Ids begin with the time, so it is by their ends that they spread over folders. */
export function newBlobName(): string {
  const id = Bun.randomUUIDv7();
  return `${id.slice(-2)}/${id}`;
}
