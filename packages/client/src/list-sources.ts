import { constants, openSync } from "node:fs";
import { resolve } from "node:path";
import { displayUri, memberUri, type SourceFilter } from "@sluice/contracts";
import { sourceMatcher } from "@sluice/sources/filter";
import { type DirectoryEntry, listDirectory, type ListedFile, type ListingProblem } from "./directory-listing.ts";

/** Left out by the filter. */
export interface FilteredEntry {
  kind: "skipped";
  uri: string;
  reason: "filtered";
}

export type SourceEntry = DirectoryEntry | FilteredEntry;

/**
 * What below a path becomes items: the files that the filter takes, and in the place of an archive its members. As with
 * `listDirectory`, the order is the file system's own, and what cannot be listed is a `problem` entry.
 */
export async function* listSources(
  root: string | Uint8Array,
  filter: SourceFilter = {},
): AsyncGenerator<SourceEntry, void, undefined> {
  const matches = sourceMatcher(filter);
  const wanted = sourceMatcher({ exclude: filter.exclude });
  let rootBytes: Uint8Array | null = null;
  for await (const entry of listDirectory(root)) {
    if (entry.kind !== "file") {
      yield entry;
      continue;
    }
    rootBytes ??= rootOf(root, entry);
    const path = pathBelow(entry.path, rootBytes);
    const expand = filter.expandArchives !== false && ARCHIVE_NAME.test(path);
    if (!expand) yield matches(path, entry.sizeBytes) ? entry : filtered(entry.uri);
    else if (wanted(path, entry.sizeBytes)) yield* listMembers(entry, path, matches);
    else yield filtered(entry.uri);
  }
}

// What `archiveKind` knows; asked here so that what opens archives is loaded with the first of them.
const ARCHIVE_NAME = /\.(zip|tar|tar\.gz|tgz)$/i;

/** Members of an archive that is `path` below the root. */
async function* listMembers(
  archive: ListedFile,
  path: string,
  matches: ReturnType<typeof sourceMatcher>,
): AsyncGenerator<SourceEntry, void, undefined> {
  const { archiveKind, FileReader, listArchive } = await import("@sluice/sources/archives");
  const kind = archiveKind(path);
  if (kind === null) return;
  let descriptor: number;
  try {
    descriptor = openSync(Buffer.from(archive.path), constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    yield problem(
      archive.uri,
      "SOURCE_UNREADABLE",
      `cannot be opened (${(error as NodeJS.ErrnoException).code ?? ""})`,
    );
    return;
  }
  const reader = new FileReader(descriptor, archive.sizeBytes);
  try {
    for await (const member of listArchive(reader, kind)) {
      const uri = memberUri(archive.uri, member.name);
      if (member.fault !== null) yield problem(uri, member.fault.code, member.fault.message);
      else if (!matches(`${path}/${member.name}`, member.sizeBytes)) yield filtered(uri);
      else yield { ...archive, uri, sizeBytes: member.sizeBytes };
    }
  } catch (error) {
    const { code = "ARCHIVE_INVALID", message } = error as { code?: ListingProblem["code"]; message: string };
    yield problem(archive.uri, code, message);
  } finally {
    reader[Symbol.dispose]();
  }
}

function filtered(uri: string): FilteredEntry {
  return { kind: "skipped", uri, reason: "filtered" };
}

function problem(uri: string, code: ListingProblem["code"], reason: string): ListingProblem {
  return { kind: "problem", uri, code, message: `${displayUri(uri)}: ${reason}` };
}

/** The root as the listing has it; of a root that is a file itself, its folder. */
function rootOf(root: string | Uint8Array, first: ListedFile): Uint8Array {
  const named = Buffer.from(typeof root === "string" ? resolve(root) : root);
  return named.equals(first.path) ? named.subarray(0, named.lastIndexOf("/")) : named;
}

function pathBelow(path: Uint8Array, root: Uint8Array): string {
  return new TextDecoder().decode(path.subarray(root.length)).replace(/^\/+/, "");
}
