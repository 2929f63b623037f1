import { type FileHandle, mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "@sluice/contracts";
import { databaseCode, isDiskFull } from "../db/database-error.ts";
import type { BlobStore } from "./blob-store.ts";

/** Writes that have not ended; those of the dead are found by `list`. */
const INCOMING = "incoming";

/**
 * A folder of this machine, or one that all coordinators share. An object is written beside the others, on the same file
 * system, brought to the disk and then renamed: whatever is killed or full in between, it is there whole or not at all.
 */
export class FolderBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #made = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#path(name);
    const incoming = this.#path(`${INCOMING}/${Bun.randomUUIDv7()}`);
    await translated(async () => {
      await this.#makeFolder(dirname(incoming));
      await this.#makeFolder(dirname(path));
      const file = await open(incoming, "wx", 0o600);
      try {
        try {
          for await (const chunk of chunks) await writeAll(file, chunk);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(incoming, path);
      } catch (error) {
        await unlink(incoming).catch(() => undefined);
        throw error;
      }
      await syncFolder(dirname(path));
    });
  }

  async read(name: string, { start, end }: { start: number; end: number }): Promise<Blob | null> {
    return (await this.sizeOf(name)) === null ? null : Bun.file(this.#path(name)).slice(start, end);
  }

  async sizeOf(name: string): Promise<number | null> {
    try {
      return (await stat(this.#path(name))).size;
    } catch (error) {
      if (databaseCode(error) === "ENOENT") return null;
      throw unavailable(error);
    }
  }

  async remove(name: string): Promise<void> {
    try {
      await unlink(this.#path(name));
    } catch (error) {
      if (databaseCode(error) !== "ENOENT") throw unavailable(error);
    }
  }

  linkTo(): null {
    return null;
  }

  async *list(): AsyncGenerator<{ name: string; modifiedAt: Date }> {
    for (const folder of await namesIn(this.#folder)) {
      for (const file of await namesIn(this.#path(folder))) {
        const name = `${folder}/${file}`;
        const found = await stat(this.#path(name)).catch(() => null);
        if (found?.isFile() === true) yield { name, modifiedAt: found.mtime };
      }
    }
  }

  /** Names are this coordinator's own, or come from its table: none is ever made of what a client sent. */
  #path(name: string): string {
    return join(this.#folder, name);
  }

  async #makeFolder(path: string): Promise<void> {
    if (this.#made.has(path)) return;
    await mkdir(path, { recursive: true, mode: 0o700 });
    await syncFolder(dirname(path));
    this.#made.add(path);
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.byteLength;) {
    written += (await file.write(bytes, written, bytes.byteLength - written)).bytesWritten;
  }
}

/** A name is on the disk when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (databaseCode(error) === "ENOENT" || databaseCode(error) === "ENOTDIR") return [];
    throw unavailable(error);
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isDiskFull(error) || databaseCode(error) === "EDQUOT") {
      throw new AppError("DISK_FULL", "The blob store has no room for this upload; nothing of it was kept.", {
        cause: error,
      });
    }
    throw unavailable(error);
  }
}

/** What the operating system says; anything else is a defect and stays what it is. */
function unavailable(error: unknown): unknown {
  const code = databaseCode(error);
  if (code === null || !/^E[A-Z]+$/.test(code)) return error;
  return new AppError("BLOBS_UNAVAILABLE", `The folder of the blob store cannot be used: ${code}.`, { cause: error });
}
