import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Where a piece of staged bytes lies. */
export interface Segment {
  readonly offset: number;
  readonly length: number;
}

/** How much of one shard's results is held in memory before the rest goes to a file. */
const SHARD_BYTES = 8 << 20;
/** The same of all shards that a process has in hand: a fleet of a hundred slots must not take a hundred times 8 MB. */
const ALL_BYTES = 64 << 20;

/** The memory that the stagings of a process share. */
export class StagingMemory {
  readonly shardBytes: number;
  #free: number;

  constructor({ shardBytes = SHARD_BYTES, allBytes = ALL_BYTES }: { shardBytes?: number; allBytes?: number } = {}) {
    this.shardBytes = shardBytes;
    this.#free = allBytes;
  }

  /** Whether a shard that holds `heldBytes` may hold `bytes` more; they are its own then, until they are given back. */
  take(bytes: number, heldBytes: number): boolean {
    if (heldBytes + bytes > this.shardBytes || bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.#free += bytes;
  }
}

/**
 * The encoded rows of one shard until they are committed: as much as there is memory for, the rest in a file that has no name,
 * so that no crash leaves it behind. Append by one writer; dispose when the attempt has ended.
 */
export class Staging implements AsyncDisposable {
  readonly #folder: string;
  readonly #memory: StagingMemory;
  readonly #onSpool: (bytes: number) => void;
  readonly #pieces = new Map<number, Uint8Array>();
  #length = 0;
  #inMemory = 0;
  #file: FileHandle | null = null;
  #fileBytes = 0;

  /** `onSpool` hears of bytes that go into the file, and, negative, when they leave it. */
  constructor(folder: string, memory: StagingMemory, onSpool: (bytes: number) => void = () => undefined) {
    this.#folder = folder;
    this.#memory = memory;
    this.#onSpool = onSpool;
  }

  get byteLength(): number {
    return this.#length;
  }

  get spooledBytes(): number {
    return this.#fileBytes;
  }

  /** Keeps `bytes`, which the caller must not change afterwards. */
  async append(bytes: Uint8Array): Promise<Segment> {
    const segment = { offset: this.#length, length: bytes.byteLength };
    this.#length += bytes.byteLength;
    if (this.#file === null && this.#memory.take(bytes.byteLength, this.#inMemory)) {
      this.#pieces.set(segment.offset, bytes);
      this.#inMemory += bytes.byteLength;
      return segment;
    }
    this.#file ??= await openNameless(this.#folder);
    await writeAll(this.#file, bytes, segment.offset - this.#inMemory);
    this.#fileBytes += bytes.byteLength;
    this.#onSpool(bytes.byteLength);
    return segment;
  }

  /** A segment as it was appended. */
  async read({ offset, length }: Segment): Promise<Uint8Array> {
    const piece = this.#pieces.get(offset);
    if (piece !== undefined) return piece;
    if (this.#file === null) throw new Error("The segment is not in this staging.");
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const position = offset - this.#inMemory + filled;
      const { bytesRead } = await this.#file.read(bytes, filled, length - filled, position);
      if (bytesRead === 0) throw new Error("The spool file is shorter than what was written to it.");
      filled += bytesRead;
    }
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pieces.clear();
    this.#memory.giveBack(this.#inMemory);
    this.#inMemory = 0;
    if (this.#file === null) return;
    await this.#file.close();
    this.#file = null;
    this.#onSpool(-this.#fileBytes);
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  const path = join(folder, `sluice-spool-${Bun.randomUUIDv7()}`);
  const file = await open(path, "wx+", 0o600);
  await unlink(path);
  return file;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, position + written);
    written += bytesWritten;
  }
}
