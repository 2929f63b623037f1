import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ErrorCode, fileUri, type ItemSubmission } from "@sluice/contracts";
import { makePdf } from "@sluice/testkit";

/** What is known of a document before anything reads it. */
export interface KnownDocument {
  /** `kind:number`: copies are the same document. */
  readonly name: string;
  readonly kind: DocumentKind;
  /** null: there is no such file. */
  readonly contentHash: string | null;
  readonly pageCount: number;
  /** SHA-256 of the pages' texts, joined by form feeds. null: it has none that is stored. */
  readonly textHash: string | null;
  /** The codes it may fail with. Empty: it must not fail. */
  readonly codes: readonly ErrorCode[];
}

export type DocumentKind =
  | "plain"
  /** Four of them differ in one number. */
  | "twin"
  | "long"
  | "huge"
  | "slow"
  | "flood"
  | "broken"
  | "word"
  | "missing"
  | "crash"
  | "hang"
  | "hog"
  | "killer";

/** How `poisoned-extractor.ts` knows what a document does. */
export const POISON_MARK = "%CHAOS ";

const CODES: Record<DocumentKind, readonly ErrorCode[]> = {
  plain: [],
  twin: [],
  long: [],
  huge: [],
  slow: [],
  flood: [],
  broken: ["INVALID_PDF", "NO_PAGES"],
  word: ["UNSUPPORTED_FORMAT"],
  missing: ["SOURCE_NOT_FOUND"],
  crash: ["CHILD_CRASHED"],
  hang: ["CHILD_TIMEOUT"],
  // On a machine that is starved its time may be up before its memory is.
  hog: ["CHILD_OOM", "CHILD_TIMEOUT"],
  killer: ["WORKER_KILLED"],
};

const WORDS =
  "invoice total amount due payment contract party term agreement letter dear regards report meeting minutes budget".split(
    " ",
  );

/** The documents of a run, made on demand: each is a function of its name alone. */
export class DocumentSet {
  readonly folder: string;
  readonly #known = new Map<string, KnownDocument>();
  readonly #byHash = new Map<string, KnownDocument>();

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The document behind a reference, its file written where it was not there yet. */
  item(reference: string, ordinal: number): { known: KnownDocument; submission: ItemSubmission; path: string } {
    const [kind = "", number = "", copy] = reference.split(":");
    const name = `${kind}:${number}`;
    const path = join(this.folder, `${kind}-${number}${copy === undefined ? "" : `-copy-${copy}`}.pdf`);
    const known = this.#known.get(name);
    let document = known;
    if (document === undefined || (document.contentHash !== null && !existsSync(path))) {
      const made = makeDocument(name, kind as DocumentKind, Number(number));
      document ??= made.known;
      this.#known.set(name, document);
      if (document.contentHash !== null) this.#byHash.set(document.contentHash, document);
      if (made.bytes !== null) writeFileSync(path, made.bytes);
    }
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    const submission = {
      ordinal,
      uri: fileUri(path),
      sizeBytes: Number(stat?.size ?? 0),
      sourceVersion: stat === undefined ? "0:0" : `${stat.size}:${stat.mtimeNs}`,
    };
    return { known: document, submission, path };
  }

  byHash(contentHash: string): KnownDocument | null {
    return this.#byHash.get(contentHash) ?? null;
  }
}

function makeDocument(
  name: string,
  kind: DocumentKind,
  number: number,
): { known: KnownDocument; bytes: Uint8Array | null } {
  const pages = pagesOf(kind, number);
  const bytes = bytesOf(kind, number, pages);
  const text = pages.map((page) => `${page}\n`).join("\f");
  const stored = CODES[kind].length === 0;
  return {
    bytes,
    known: {
      name,
      kind,
      contentHash: bytes === null ? null : sha256(bytes),
      pageCount: stored ? pages.length : 0,
      textHash: stored ? sha256(text) : null,
      codes: CODES[kind],
    },
  };
}

const TWINS = 4;

/** Those that are near-duplicates of each other have one number in common. */
export function twinsOf(number: number): number {
  return Math.floor(number / TWINS);
}

function pagesOf(kind: DocumentKind, number: number): string[] {
  if (kind === "flood" || kind === "slow") return [`${kind} ${number}`];
  const [count, lines] =
    kind === "huge" ? [2_200, 50] : kind === "long" ? [40, 45] : kind === "twin" ? [1, 20] : [1 + (number % 3), 20];
  const other = kind === "twin" ? `twins ${twinsOf(number)}` : String(number);
  const seed = kind === "twin" ? twinsOf(number) : number;
  return Array.from({ length: count }, (_, page) =>
    Array.from({ length: lines }, (_, line) =>
      line === 0
        ? `Document ${kind} ${number} page ${page + 1}`
        : Array.from({ length: 10 }, (_, word) => WORDS[(seed * 7 + page * 5 + line * 3 + word * word) % WORDS.length])
            .join(" ")
            .concat(` ${other}`),
    ).join("\n"),
  );
}

function bytesOf(kind: DocumentKind, number: number, pages: readonly string[]): Uint8Array | null {
  switch (kind) {
    case "plain":
    case "twin":
    case "long":
    case "huge":
      return makePdf({ pages });
    case "broken":
      return Buffer.from(`%PDF-1.4\nbroken ${number}\n`);
    case "word":
      return Buffer.from(`PK\u0003\u0004 no real archive, ${number}`, "latin1");
    case "missing":
      return null;
    case "slow":
    case "flood":
    case "crash":
    case "hang":
    case "hog":
    case "killer":
      return Buffer.from(`${POISON_MARK}${kind} ${number}\n`);
  }
}

function sha256(bytes: Uint8Array | string): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
}
