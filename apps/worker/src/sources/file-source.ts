import { closeSync, fstatSync, readSync } from "node:fs";
import { displayUri, filePathBytes } from "@sluice/contracts/file-uri";
import { errnoOf, type FileRoots, fileVersion, openFile, type OpenFile } from "@sluice/sources/files";
import { SourceFault } from "@sluice/sources/source-fault";
import { sourceFailure, type SourceFailure } from "./source-failure.ts";

// Reads of this size keep the bytes in the cache until they are hashed.
const READ_BYTES = 1 << 20;

// A buffer of this size serves the next documents too; one that was grown for a huge file is given back by `trim`.
const KEPT_BUFFER_BYTES = 8 << 20;

export interface SourceBytes {
  readonly ok: true;
  /** Valid until the next read. */
  readonly bytes: Uint8Array;
  /** SHA-256 in hexadecimal, made in the same pass. */
  readonly contentHash: string;
  /** `size:mtimeNs` of a file, as `sourceVersion` on the wire. */
  readonly sourceVersion: string;
}

/** Reads `file://` sources whole, hashing while reading. One buffer serves all reads: one reader a process. */
export class FileSource {
  readonly #roots: FileRoots;
  #buffer = Buffer.allocUnsafeSlow(READ_BYTES);

  constructor(roots: FileRoots) {
    this.#roots = roots;
  }

  /** Fails as a value: SOURCE_NOT_FOUND, _UNREADABLE, _NOT_ALLOWED, _TOO_LARGE, _CHANGED or EMPTY_FILE. */
  read(uri: string, maxBytes: number): SourceBytes | SourceFailure {
    let file: OpenFile;
    try {
      file = this.open(uri);
    } catch (error) {
      if (error instanceof SourceFault) return sourceFailure(error.code, error.message);
      throw error;
    }
    try {
      return this.#readOpen(file, maxBytes);
    } catch (error) {
      return sourceFailure("SOURCE_UNREADABLE", `Reading failed: ${errnoOf(error)}.`);
    } finally {
      closeSync(file.descriptor);
    }
  }

  /** A file to be read in parts. Throws SourceFault. */
  open(uri: string): OpenFile {
    const path = filePathBytes(uri);
    if (path !== null) return openFile(this.#roots, path);
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0] ?? "a path";
    throw new SourceFault("SOURCE_UNREADABLE", `This worker reads file:/// URIs, not ${displayUri(scheme)}.`);
  }

  /** The version of the file that is there now; null when it cannot be had. */
  versionOf(uri: string): string | null {
    try {
      const { descriptor, facts } = this.open(uri);
      closeSync(descriptor);
      return fileVersion(facts);
    } catch {
      return null;
    }
  }

  #readOpen({ descriptor, facts: before }: OpenFile, maxBytes: number): SourceBytes | SourceFailure {
    if (before.size > BigInt(maxBytes)) {
      return sourceFailure("SOURCE_TOO_LARGE", `The file has ${before.size} bytes; this batch accepts ${maxBytes}.`);
    }
    const size = Number(before.size);
    const { length, contentHash } = this.#readAndHash(descriptor, size);
    const after = fstatSync(descriptor, { bigint: true });
    if (length !== size || fileVersion(before) !== fileVersion(after)) {
      return sourceFailure(
        "SOURCE_CHANGED",
        `The file changed while it was read: ${before.size} bytes at first, then ${length > size ? "more" : after.size}.`,
      );
    }
    return { ok: true, bytes: this.#buffer.subarray(0, size), contentHash, sourceVersion: fileVersion(before) };
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
