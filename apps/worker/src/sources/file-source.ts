import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, realpathSync } from "node:fs";
import { displayUri, filePathBytes } from "@sluice/contracts/file-uri";
import type { FileRoots } from "./file-roots.ts";
import { sourceFailure, type SourceFailure } from "./source-failure.ts";

// Reads of this size keep the bytes in the cache until they are hashed.
const READ_BYTES = 1 << 20;

// A buffer of this size serves the next documents too; one that was grown for a huge file is given back by `trim`.
const KEPT_BUFFER_BYTES = 8 << 20;

// Never waits for the writer of a FIFO, and never makes a terminal this process's own.
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

export interface SourceBytes {
  readonly ok: true;
  /** Valid until the next read. */
  readonly bytes: Uint8Array;
  /** SHA-256 in hexadecimal, made in the same pass. */
  readonly contentHash: string;
  /** `size:mtimeNs`, as `sourceVersion` on the wire. */
  readonly sourceVersion: string;
}

interface Stat {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

/**
 * Reads `file://` sources whole, hashing while reading. Confinement is decided on the path the kernel says was opened,
 * so a symlink swapped between check and use changes nothing. One buffer serves all reads: one reader a process.
 */
export class FileSource {
  readonly #roots: FileRoots;
  #buffer = Buffer.allocUnsafeSlow(READ_BYTES);

  constructor(roots: FileRoots) {
    this.#roots = roots;
  }

  /** Fails as a value: SOURCE_NOT_FOUND, _UNREADABLE, _NOT_ALLOWED, _TOO_LARGE, _CHANGED or EMPTY_FILE. */
  read(uri: string, maxBytes: number): SourceBytes | SourceFailure {
    const path = filePathBytes(uri);
    if (path === null) {
      const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0] ?? "a path";
      return sourceFailure("SOURCE_UNREADABLE", `This worker reads file:/// URIs, not ${displayUri(scheme)}.`);
    }
    let descriptor: number;
    try {
      descriptor = openSync(this.#confined(path), OPEN_FLAGS);
    } catch (error) {
      return error instanceof OutsideRoots || !this.#roots.names(path) ? notAllowed() : openFailure(error);
    }
    try {
      return this.#readOpen(descriptor, maxBytes);
    } catch (error) {
      return sourceFailure("SOURCE_UNREADABLE", `Reading failed: ${errnoOf(error)}.`);
    } finally {
      closeSync(descriptor);
    }
  }

  #confined(path: Uint8Array): Buffer {
    const asked = Buffer.from(path);
    if (this.#roots.unconfined) return asked;
    // Resolved before it is opened as well, since opening a device outside the roots can itself do something.
    const real = realpathSync(asked, { encoding: "buffer" });
    if (!this.#roots.holds(real)) throw new OutsideRoots();
    return real;
  }

  #readOpen(descriptor: number, maxBytes: number): SourceBytes | SourceFailure {
    if (!this.#roots.unconfined && process.platform === "linux") {
      const opened = readlinkSync(`/proc/self/fd/${descriptor}`, { encoding: "buffer" });
      if (!this.#roots.holds(opened)) return notAllowed();
    }
    const before = fstatSync(descriptor, { bigint: true });
    if (!before.isFile()) return sourceFailure("SOURCE_UNREADABLE", `It is ${kindOf(before)}, not a regular file.`);
    if (before.size === 0n) return sourceFailure("EMPTY_FILE", "The file has no bytes.");
    if (before.size > BigInt(maxBytes)) {
      return sourceFailure("SOURCE_TOO_LARGE", `The file has ${before.size} bytes; this batch accepts ${maxBytes}.`);
    }
    const size = Number(before.size);
    const { length, contentHash } = this.#readAndHash(descriptor, size);
    const after = fstatSync(descriptor, { bigint: true });
    if (length !== size || versionOf(before) !== versionOf(after)) {
      return sourceFailure(
        "SOURCE_CHANGED",
        `The file changed while it was read: ${before.size} bytes at first, then ${length > size ? "more" : after.size}.`,
      );
    }
    return { ok: true, bytes: this.#buffer.subarray(0, size), contentHash, sourceVersion: versionOf(before) };
  }

  #readAndHash(descriptor: number, size: number): { length: number; contentHash: string } {
    // One byte more than expected, to see that a file has grown.
    this.#fit(size + 1);
    const hasher = new Bun.CryptoHasher("sha256");
    let length = 0;
    while (length <= size) {
      const count = readSync(descriptor, this.#buffer, length, Math.min(READ_BYTES, size + 1 - length), null);
      if (count === 0) break;
      hasher.update(this.#buffer.subarray(length, length + count));
      length += count;
    }
    return { length, contentHash: hasher.digest("hex") };
  }

  /** Gives back what a huge file made it grow by; the bytes read last are void then. Returns whether there was anything. */
  trim(): boolean {
    if (this.#buffer.length <= KEPT_BUFFER_BYTES) return false;
    this.#buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    return true;
  }

  #fit(bytes: number): void {
    if (this.#buffer.length >= bytes) return;
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(bytes, Math.min(this.#buffer.length * 2, KEPT_BUFFER_BYTES)));
  }
}

class OutsideRoots extends Error {}

function versionOf(stat: Stat): string {
  return `${stat.size}:${stat.mtimeNs}`;
}

function notAllowed(): SourceFailure {
  return sourceFailure("SOURCE_NOT_ALLOWED", "The file lies outside the folders this worker may read.");
}

function openFailure(error: unknown): SourceFailure {
  const code = errnoOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return sourceFailure("SOURCE_NOT_FOUND", "There is no such file.");
  if (code === "ENXIO") return sourceFailure("SOURCE_UNREADABLE", "It is a socket or device, not a regular file.");
  return sourceFailure("SOURCE_UNREADABLE", `The file cannot be opened: ${code}.`);
}

function errnoOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
}

function kindOf(stat: { isDirectory(): boolean; isFIFO(): boolean }): string {
  if (stat.isDirectory()) return "a folder";
  return stat.isFIFO() ? "a named pipe" : "a device";
}
