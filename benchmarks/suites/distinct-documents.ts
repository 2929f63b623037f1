import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileUri, type ItemSubmission } from "@sluice/contracts";
import { makePdf } from "@sluice/testkit";
import { unseenComment } from "./unseen-comment.ts";

const HUGE_PAGES = 3_000;
const HUGE_BYTES = 24 << 20;

/**
 * Documents by the hundred whose bytes nobody has seen before: copies of some files, each with a comment of its own behind its
 * end, and one in `hugeEvery` of them huge, of pages (3,000, with 9 MB of text: more than a coordinator holds in memory) or of
 * bytes (24 MB) in turns. They are on the disk from `write` to `remove`.
 */
export class DistinctDocuments {
  readonly #folder: string;
  readonly #files: readonly Buffer[];
  readonly #huge: readonly Uint8Array[];
  readonly #hugeEvery: number;
  #made = 0;
  #hugeMade = 0;

  constructor(options: { folder: string; files: readonly string[]; hugeEvery: number }) {
    this.#folder = options.folder;
    this.#files = options.files.map((path) => readFileSync(path));
    this.#huge = [ofManyPages(), ofManyBytes()];
    this.#hugeEvery = options.hugeEvery;
  }

  /** The next `count` documents as items of a batch. */
  write(batch: string, count: number): ItemSubmission[] {
    const folder = join(this.#folder, batch);
    mkdirSync(folder, { recursive: true });
    return Array.from({ length: count }, (_, ordinal): ItemSubmission => {
      const path = join(folder, `${ordinal}.pdf`);
      writeFileSync(path, Buffer.concat([this.#next(), Buffer.from(unseenComment())]));
      const { size, mtimeNs } = statSync(path, { bigint: true });
      return { ordinal, uri: fileUri(path), sizeBytes: Number(size), sourceVersion: `${size}:${mtimeNs}` };
    });
  }

  remove(batch: string): void {
    rmSync(join(this.#folder, batch), { recursive: true, force: true });
  }

  #next(): Uint8Array {
    this.#made += 1;
    if (this.#made % this.#hugeEvery !== 0) return at(this.#files, this.#made);
    this.#hugeMade += 1;
    return at(this.#huge, this.#hugeMade);
  }
}

function at(files: readonly Uint8Array[], index: number): Uint8Array {
  const file = files[index % files.length];
  if (file === undefined) throw new Error("there are no documents");
  return file;
}

function ofManyPages(): Uint8Array {
  const line = "what was found in each part of the report and where it was found there";
  const pages = Array.from({ length: HUGE_PAGES }, (_, page) => {
    return Array.from({ length: 43 }, (_, index) => `${page}.${index} ${line}`).join("\n");
  });
  return makePdf({ pages });
}

/** Its table of objects is named once more behind what makes it large. */
function ofManyBytes(): Uint8Array {
  const small = Buffer.from(makePdf({ pages: ["The one page of a large file."] }));
  const end = small.subarray(small.lastIndexOf("startxref"));
  return Buffer.concat([small, Buffer.from(`%${"x".repeat(HUGE_BYTES)}\n`), end]);
}
