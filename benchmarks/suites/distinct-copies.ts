import { appendFileSync, copyFileSync, mkdirSync, statSync, truncateSync } from "node:fs";
import { basename, join } from "node:path";

// Sizes differ too: a worker is sent the hashes of all stored documents of the very size.
const MOST_FILLER_BYTES = 900;

/**
 * Copies of documents that no deduplication takes for each other: each has a comment of its own behind its end. `renew` gives
 * all of them another one, in place.
 */
export class DistinctCopies {
  readonly files: string[] = [];
  readonly #sizes: number[] = [];

  constructor(folder: string, documents: readonly string[], copies: number) {
    for (let copy = 0; copy < copies; copy += 1) {
      const part = join(folder, String(copy));
      mkdirSync(part, { recursive: true });
      documents.forEach((document, index) => {
        const path = join(part, `${index}-${basename(document)}`);
        copyFileSync(document, path);
        this.files.push(path);
        this.#sizes.push(statSync(path).size);
      });
    }
    this.renew();
  }

  get bytes(): number {
    return this.#sizes.reduce((sum, size) => sum + size, 0);
  }

  renew(): void {
    this.files.forEach((path, index) => {
      truncateSync(path, this.#sizes[index] ?? 0);
      appendFileSync(path, `\n%${Bun.randomUUIDv7()}${"x".repeat(Math.random() * MOST_FILLER_BYTES)}\n`);
    });
  }
}
