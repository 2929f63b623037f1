import { realpathSync } from "node:fs";
import { listDirectory } from "@sluice/client/directory-listing";
import { AppError, displayUri, filePathBytes, fileUri } from "@sluice/contracts";
import type { FileRoots } from "@sluice/sources/files";
import { SourceFault } from "@sluice/sources/source-fault";
import { z } from "zod";
import type { ListingTask, SourceAccess } from "./source-access.ts";
import { type ListedEntry, type ListedPage, type ListedProblem, PAGE_ENTRIES } from "./listed-page.ts";
import { noFiles } from "./open-container.ts";

const cursorSchema = z.object({ after: z.string() });

/**
 * The files below a folder of this machine, as a client lists them: in byte order of names, depth first. What a link leads to
 * outside of the roots is told, and not listed. The cursor is the last URI; a listing that goes on walks up to it again.
 */
export async function* listFiles(
  { fileRoots }: SourceAccess,
  path: Uint8Array,
  task: ListingTask,
  signal: AbortSignal,
): AsyncGenerator<ListedPage, void, undefined> {
  if (fileRoots === null) throw noFiles();
  const root = realRoot(path, (real) => fileRoots.holds(real), fileRoots.names(path));
  const after = task.cursor === null ? null : stepsOf(cursorSchema.parse(task.cursor).after);
  const rootUri = fileUri(root);
  let entries: ListedEntry[] = [];
  let problems: ListedProblem[] = [];
  let last = "";
  for await (const entry of walk(root, fileRoots)) {
    signal.throwIfAborted();
    if (entry.kind === "skipped") continue;
    if (after !== null && compareSteps(stepsOf(entry.uri), after) <= 0) continue;
    last = entry.uri;
    if (entry.kind === "problem") {
      problems.push({ uri: entry.uri, code: entry.code, message: entry.message });
    } else if (fileRoots.holds(realpathSync(Buffer.from(entry.path), { encoding: "buffer" }))) {
      const { uri, sizeBytes, sourceVersion } = entry;
      entries.push({ uri, sizeBytes, sourceVersion, path: pathBelow(uri, rootUri) });
    } else {
      const message = "It is a link out of the folders that may be read here.";
      problems.push({ uri: entry.uri, code: "SOURCE_NOT_ALLOWED", message });
    }
    if (entries.length + problems.length < PAGE_ENTRIES) continue;
    yield { entries, problems, cursor: { after: last } };
    entries = [];
    problems = [];
  }
  if (entries.length + problems.length > 0) yield { entries, problems, cursor: { after: last } };
}

async function* walk(root: Uint8Array, fileRoots: FileRoots) {
  // Where a link leads to is decided before it is followed: what lies outside is not told by its names either.
  const mayFollow = (link: Uint8Array) => {
    try {
      return fileRoots.holds(realpathSync(Buffer.from(link), { encoding: "buffer" }));
    } catch {
      return false;
    }
  };
  try {
    yield* listDirectory(root, fileRoots.unconfined ? null : mayFollow);
  } catch (error) {
    if (error instanceof AppError) throw new SourceFault("SOURCE_NOT_FOUND", error.message, { cause: error });
    throw error;
  }
}

/** Nothing is said about what lies outside, not even whether it is there. */
function realRoot(path: Uint8Array, holds: (real: Uint8Array) => boolean, named: boolean): Buffer {
  let real: Buffer;
  try {
    real = realpathSync(Buffer.from(path), { encoding: "buffer" });
  } catch (error) {
    if (!named) throw outside();
    throw new SourceFault("SOURCE_NOT_FOUND", `There is nothing at ${displayUri(fileUri(path))}.`, { cause: error });
  }
  if (!holds(real)) throw outside();
  return real;
}

function outside(): SourceFault {
  return new SourceFault("SOURCE_NOT_ALLOWED", "It lies outside the folders that may be read here.");
}

function pathBelow(uri: string, rootUri: string): string {
  const bytes = filePathBytes(uri) ?? new Uint8Array();
  const rootBytes = filePathBytes(rootUri) ?? new Uint8Array();
  const below = new TextDecoder().decode(bytes.subarray(rootBytes.length)).replace(/^\/+/, "");
  // The root itself is the file.
  return below === "" ? new TextDecoder().decode(bytes).replace(/^.*\//s, "") : below;
}

/** The names on the way to a file, a character a byte: their order is the order of the walk. */
function stepsOf(uri: string): string[] {
  return Buffer.from(filePathBytes(uri) ?? new Uint8Array())
    .toString("latin1")
    .split("/");
}

function compareSteps(left: readonly string[], right: readonly string[]): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [a = "", b = ""] = [left[at], right[at]];
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length;
}
