import { AppError, displayUri, filePathBytes } from "@sluice/contracts";
import { type DirectoryEntry, listDirectory } from "../directory-listing.ts";
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
  /** What was left out on purpose: hidden names, data directories, folders that were listed under another name. */
  readonly skipped: { readonly hidden: number; readonly dataDirs: number; readonly repeated: number };
}

/** More than anybody reads; all of them are counted. */
const KEPT_PROBLEMS = 1_000;

/** The files below some roots, which are file URIs, one after the other, and an account of what could not be handed in. */
export class SourceListing {
  readonly #roots: readonly string[];
  readonly #limit: number;
  readonly #problems: ListingFault[] = [];
  #problemCount = 0;
  readonly #skipped = { hidden: 0, dataDirs: 0, repeated: 0 };

  constructor(roots: readonly string[], limit = Number.POSITIVE_INFINITY) {
    this.#roots = withoutNested(roots);
    this.#limit = limit;
  }

  async *sources(): AsyncGenerator<SourceSubmission, void, undefined> {
    let files = 0;
    for (const root of this.#roots) {
      for await (const entry of listDirectory(pathOf(root))) {
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

  #note(entry: Exclude<DirectoryEntry, { kind: "file" }>): void {
    if (entry.kind === "skipped") {
      const kind = { hidden: "hidden", data_dir: "dataDirs", repeated: "repeated" } as const;
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
export async function ensureDocuments(roots: readonly string[]): Promise<void> {
  const listing = new SourceListing(roots, 1);
  const first = await listing.sources().next();
  if (first.done !== true) return;
  const { problems, problemCount, skipped } = listing.report();
  const where = roots.map((root) => displayUri(root)).join(", ");
  const causes = [
    problems[0] === undefined ? null : `${problemCount} entries could not be listed, the first: ${problems[0].message}`,
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
 * listing passes over those. Roots are real paths, so that a prefix decides.
 */
function withoutNested(roots: readonly string[]): string[] {
  return roots.filter(
    (root) =>
      !roots.some((other) => {
        const prefix = other.endsWith("/") ? other : `${other}/`;
        return other !== root && root.startsWith(prefix) && !/(^|\/)\./.test(root.slice(prefix.length));
      }),
  );
}
