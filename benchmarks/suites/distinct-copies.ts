import { appendFileSync, copyFileSync, mkdirSync, statSync, truncateSync } from "node:fs";
import { basename, join } from "node:path";
import { unseenComment } from "./unseen-comment.ts";

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
      appendFileSync(path, unseenComment());
    });
  }
}
