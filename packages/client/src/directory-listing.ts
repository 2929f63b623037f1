/**
 * What lies below a path, as the items of a batch. Unix names are bytes: inside this file a path is a "binary" string,
 * one character a byte (latin1), which costs a third of a Buffer a name, and whose order is the order of the bytes.
 */
import { AppError, displayUri, type ErrorCode, fileUri, type ItemSubmission } from "@sluice/contracts";
import { type BigIntStats, lstatSync, readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";

/** Marks a folder as a data directory of Sluice, which is never listed. */
export const DATA_DIR_MARKER = "sluice.json";

export interface ListedFile {
  kind: "file";
  /** Absolute, as the file system has it. */
  path: Uint8Array;
  uri: ItemSubmission["uri"];
  sizeBytes: ItemSubmission["sizeBytes"];
  /** `size:mtimeNs`. */
  sourceVersion: ItemSubmission["sourceVersion"];
}

/** Something that cannot be an item, and should be told to whoever asked for the listing. */
export interface ListingProblem {
  kind: "problem";
  uri: string;
  code: Extract<
    ErrorCode,
    `SOURCE_${string}` | `ARCHIVE_${string}` | "EMPTY_FILE" | "UNSUPPORTED_ENCRYPTION" | "DECOMPRESSION_RATIO_LIMIT"
  >;
  message: string;
}

/**
 * Something left out on purpose. `hidden`: the name starts with a dot; `data_dir`: a data directory of Sluice;
 * `repeated`: a directory that was listed under another name before (a symbolic link to it, perhaps a loop).
 */
export interface SkippedEntry {
  kind: "skipped";
  uri: string;
  reason: "hidden" | "data_dir" | "repeated";
}

export type DirectoryEntry = ListedFile | ListingProblem | SkippedEntry;

/** Entries between two breaks in which the event loop gets its turn: about 5 ms of work on a local disk. */
const ENTRIES_PER_TURN = 1_000;

/**
 * Lists every regular file below `root`, or the one file that `root` is: depth first, names in the order of their bytes,
 * symbolic links followed, each directory once. Keeps the names of one directory at each depth in memory. Files that
 * nobody may read are listed too: whoever reads them says so. A link that `mayFollow` (null: all) refuses is told, and neither where it leads to
 * nor what lies there.
 *
 * Throws PATH_NOT_FOUND when there is nothing at `root`; whatever is wrong further down is a `problem` entry.
 */
export async function* listDirectory(
  root: string | Uint8Array,
  mayFollow: MayFollow | null = null,
): AsyncGenerator<DirectoryEntry, void, undefined> {
  const path = typeof root === "string" ? toBinary(Buffer.from(resolve(root))) : toBinary(root);
  const visited = new Set<string>();
  let entries = 0;
  for (const entry of walk(path, { visited, mayFollow }, undefined, true)) {
    yield entry;
    entries += 1;
    if (entries % ENTRIES_PER_TURN === 0) await new Promise<void>((done) => void setImmediate(done));
  }
}

/** Whether what a symbolic link leads to may be listed. */
export type MayFollow = (link: Uint8Array) => boolean;

interface Walk {
  readonly visited: Set<string>;
  readonly mayFollow: MayFollow | null;
}

/** Names whose URI is the name itself; most are, and encoding byte by byte would be half the cost of a listing. */
const PLAIN_NAME = /^[A-Za-z0-9\-._~]+$/;

/** `uri` is that of `path`, where the caller has it at hand. */
function* walk(path: string, way: Walk, uri?: string, isRoot = false): Generator<DirectoryEntry, void, undefined> {
  const bytes = Buffer.from(path, "latin1");
  if (!isRoot && way.mayFollow !== null && isLink(bytes) && !way.mayFollow(bytes)) {
    yield problem(bytes, "SOURCE_NOT_ALLOWED", "it is a link to nothing, or out of the folders that may be read here");
    return;
  }
  let facts: BigIntStats;
  try {
    facts = statSync(bytes, { bigint: true });
  } catch (error) {
    if (isRoot && isMissing(error) && !isLink(bytes)) {
      throw new AppError("PATH_NOT_FOUND", `there is nothing at ${displayUri(fileUri(bytes))}`, { cause: error });
    }
    yield unreachable(bytes, error);
    return;
  }
  if (facts.isFile()) {
    yield {
      kind: "file",
      path: bytes,
      uri: uri ?? fileUri(bytes),
      sizeBytes: Number(facts.size),
      sourceVersion: `${facts.size}:${facts.mtimeNs}`,
    };
    return;
  }
  if (!facts.isDirectory()) {
    const kind = facts.isFIFO() ? "a pipe" : facts.isSocket() ? "a socket" : "a device";
    yield problem(bytes, "SOURCE_UNREADABLE", `it is ${kind}, not a file`);
    return;
  }
  const identity = `${facts.dev}:${facts.ino}`;
  if (way.visited.has(identity)) {
    yield { kind: "skipped", uri: fileUri(bytes), reason: "repeated" };
    return;
  }
  way.visited.add(identity);
  yield* walkDirectory(path, bytes, way);
}

function* walkDirectory(path: string, bytes: Buffer, way: Walk): Generator<DirectoryEntry, void, undefined> {
  let names: string[];
  try {
    names = readdirSync(bytes, { encoding: "latin1" });
  } catch (error) {
    yield problem(bytes, isMissing(error) ? "SOURCE_NOT_FOUND" : "SOURCE_UNREADABLE", reasonOf(error, "directory"));
    return;
  }
  // The marker alone may be someone's own file; a data directory holds these two as well.
  if (names.includes(DATA_DIR_MARKER) && names.includes("spool") && names.includes("logs")) {
    yield { kind: "skipped", uri: fileUri(bytes), reason: "data_dir" };
    return;
  }
  names.sort();
  const parent = path.endsWith("/") ? path : `${path}/`;
  const parentUri = fileUri(Buffer.from(parent, "latin1"));
  for (const name of names) {
    if (name.startsWith(".")) {
      yield { kind: "skipped", uri: fileUri(Buffer.from(parent + name, "latin1")), reason: "hidden" };
    } else {
      yield* walk(parent + name, way, PLAIN_NAME.test(name) ? parentUri + name : undefined);
    }
  }
}

/** An entry whose own facts cannot be had: gone since the listing, a link to nothing, a link in a circle, no permission. */
function unreachable(bytes: Buffer, error: unknown): ListingProblem {
  if (!isMissing(error)) return problem(bytes, "SOURCE_UNREADABLE", reasonOf(error, "entry"));
  return isLink(bytes)
    ? problem(bytes, "SOURCE_NOT_FOUND", "it is a symbolic link to something that does not exist")
    : problem(bytes, "SOURCE_NOT_FOUND", "it was there when the directory was listed and is gone now");
}

function problem(bytes: Buffer, code: ListingProblem["code"], reason: string): ListingProblem {
  const uri = fileUri(bytes);
  return { kind: "problem", uri, code, message: `${displayUri(uri)}: ${reason}` };
}

function reasonOf(error: unknown, what: string): string {
  switch ((error as { code?: unknown }).code) {
    case "EACCES":
    case "EPERM":
      return `no permission to read the ${what}`;
    case "ELOOP":
      return "it is a symbolic link in a circle";
    case "ENAMETOOLONG":
      return "its path is longer than the system can open";
    case "ENOENT":
      return `the ${what} is gone`;
    default:
      return error instanceof Error ? (error.message.split(",")[0] ?? "") : String(error);
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ENOENT" || code === "ENOTDIR";
}

function isLink(bytes: Buffer): boolean {
  try {
    return lstatSync(bytes).isSymbolicLink();
  } catch {
    return false;
  }
}

function toBinary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}
