import { AppError, displayUri, filePathBytes, type SourceFilter } from "@sluice/contracts";
import { listSources, type SourceEntry } from "../list-sources.ts";
import type { SourceSubmission } from "./submit-items.ts";

/** Something the listing could not hand in: it is no item, so the report has to remember it. */
export interface ListingFault {
  readonly uri: string;
  readonly code: string;
  readonly message: string;
}

export interface ListingReport {
  /** The first of them. */
  readonly problems: readonly ListingFault[];
  readonly problemCount: number;
  /** What was left out on purpose: hidden names, data directories, folders listed under another name, by filters. */
  readonly skipped: {
    readonly hidden: number;
    readonly dataDirs: number;
    readonly repeated: number;
    readonly filtered: number;
  };
}

/** More than anybody reads; all of them are counted. */
const KEPT_PROBLEMS = 1_000;

/** The files below some roots, which are file URIs, one after the other, and an account of what could not be handed in. */
export class SourceListing {
  readonly #roots: readonly string[];
  readonly #limit: number;
  readonly #problems: ListingFault[] = [];
  #problemCount = 0;
  readonly #filter: SourceFilter;
  readonly #skipped = { hidden: 0, dataDirs: 0, repeated: 0, filtered: 0 };

  constructor(roots: readonly string[], limit = Number.POSITIVE_INFINITY, filter: SourceFilter = {}) {
    this.#roots = withoutNested(roots);
    this.#limit = limit;
    this.#filter = filter;
  }

  async *sources(): AsyncGenerator<SourceSubmission, void, undefined> {
    let files = 0;
    for (const root of this.#roots) {
      for await (const entry of listSources(pathOf(root), this.#filter)) {
        if (entry.kind !== "file") {
          this.#note(entry);
          continue;
        }
        const { uri, sizeBytes, sourceVersion } = entry;
        yield { uri, sizeBytes, sourceVersion };
        files += 1;
        if (files >= this.#limit) return;
      }
    }
  }

  report(): ListingReport {
    return { problems: this.#problems, problemCount: this.#problemCount, skipped: this.#skipped };
  }

  #note(entry: Exclude<SourceEntry, { kind: "file" }>): void {
    if (entry.kind === "skipped") {
      const kind = { hidden: "hidden", data_dir: "dataDirs", repeated: "repeated", filtered: "filtered" } as const;
      this.#skipped[kind[entry.reason]] += 1;
      return;
    }
    const { uri, code, message } = entry;
    this.leaveOut({ uri, code, message });
  }

  /** Counts a file that was listed and could not be handed in all the same. */
  leaveOut(fault: ListingFault): void {
    this.#problemCount += 1;
    if (this.#problems.length < KEPT_PROBLEMS) this.#problems.push(fault);
  }
}

/** Throws NO_DOCUMENTS, naming the cause where there is one, unless there is at least one file below the roots. */
export async function ensureDocuments(roots: readonly string[], filter: SourceFilter = {}): Promise<void> {
  const listing = new SourceListing(roots, 1, filter);
  const first = await listing.sources().next();
  if (first.done !== true) return;
  const { problems, problemCount, skipped } = listing.report();
  const where = roots.map((root) => displayUri(root)).join(", ");
  const causes = [
    problems[0] === undefined ? null : `${problemCount} entries could not be listed, the first: ${problems[0].message}`,
    skipped.filtered > 0
      ? `${skipped.filtered} files were left out by --include, --exclude, --min-size or --max-size`
      : null,
    skipped.hidden > 0 ? `${skipped.hidden} hidden entries were left out` : null,
  ].filter((cause) => cause !== null);
  const because = causes.length > 0 ? ` (${causes.join("; ")})` : "";
  throw new AppError("NO_DOCUMENTS", `there is no file below ${where}${because}`);
}

function pathOf(root: string): Uint8Array {
  const path = filePathBytes(root);
  if (path === null) throw new AppError("USAGE", `not a file URI: ${root}`);
  return path;
}

/**
 * Leaves out roots that the listing of another root comes by anyway. A hidden part in between keeps it: the other
 * listing passes over those. Roots are real paths, so that a prefix decides; of a list there may be very many.
 */
function withoutNested(roots: readonly string[]): string[] {
  const all = new Set(roots.map((root) => partsOf(root).join("/")));
  return roots.filter((root) => {
    const parts = partsOf(root);
    // Upwards from its own folder, as long as nothing on the way is hidden.
    while (parts.length > 0) {
      if (parts.pop()?.startsWith(".") === true) return true;
      if (all.has(parts.join("/"))) return false;
    }
    return true;
  });
}

function partsOf(root: string): string[] {
  return root
    .slice("file:///".length)
    .split("/")
    .filter((part) => part !== "");
}
