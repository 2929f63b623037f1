import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@sluice/contracts";

/** Files of some megabytes each: as many as batches are judged by in a day. */
const KEEP = 16;

/** Reads the file of a model from a coordinator. Rejects when it cannot. */
export type FetchModel = (model: string) => Promise<Uint8Array>;

/** Models that batches are judged by, fetched once and kept in a folder under the hash of their file, the least recently used going first. */
export class ModelShelf {
  readonly #folder: string;
  readonly #fetch: FetchModel;
  readonly #fetching = new Map<string, Promise<string>>();

  constructor(options: { folder: string; fetch: FetchModel }) {
    this.#folder = options.folder;
    this.#fetch = options.fetch;
  }

  /** Path of a model's file, whose hash has been checked. UNREACHABLE when no coordinator gives it. */
  file(model: string): Promise<string> {
    let path = this.#fetching.get(model);
    if (path === undefined) {
      path = this.#find(model).finally(() => this.#fetching.delete(model));
      this.#fetching.set(model, path);
    }
    return path;
  }

  async #find(model: string): Promise<string> {
    const path = join(this.#folder, `${model}.model`);
    const kept = await readFile(path).catch(() => null);
    if (kept !== null && hashOf(kept) === model) {
      const now = new Date();
      await utimes(path, now, now);
      return path;
    }
    const file = await this.#fetch(model).catch((error: unknown) => {
      throw new AppError("UNREACHABLE", `The model ${model} could not be fetched from a coordinator.`, {
        cause: error,
      });
    });
    if (hashOf(file) !== model) throw new AppError("UNREACHABLE", `What a coordinator gave is not the model ${model}.`);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // In place whole or not at all: another worker of this machine may look at the same moment.
    const scratch = `${path}.${crypto.randomUUID()}`;
    await writeFile(scratch, file);
    await rename(scratch, path);
    await this.#forgetOldest();
    return path;
  }

  async #forgetOldest(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(".model"));
    const used = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
      }),
    );
    used.sort((left, right) => right.at - left.at);
    for (const { path } of used.slice(KEEP)) await rm(path, { force: true });
  }
}

function hashOf(file: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(file).digest("hex");
}
