import { memberUri, type ParsedSource } from "@sluice/contracts";
import { archiveKind, listArchive } from "@sluice/sources/archives";
import { SourceFault } from "@sluice/sources/source-fault";
import { z } from "zod";
import type { ListingTask, SourceAccess } from "./source-access.ts";
import { sourceName } from "./source-name.ts";
import { type ListedEntry, type ListedPage, type ListedProblem, PAGE_ENTRIES } from "./listed-page.ts";
import { openContainer } from "./open-container.ts";

const cursorSchema = z.object({ members: z.int(), version: z.string() });

/**
 * The members of an archive in its own order. Their version is the archive's. A listing that goes on looks at the same archive
 * again from its start and passes over the members it had: a zip by its directory, a tar as a whole.
 */
export async function* listArchivePages(
  access: SourceAccess,
  parsed: ParsedSource,
  task: ListingTask,
  signal: AbortSignal,
): AsyncGenerator<ListedPage, void, undefined> {
  const kind = archiveKind(sourceName(parsed));
  if (kind === null) throw new SourceFault("SOURCE_UNREADABLE", "It is no archive.");
  const container = await openContainer(access, parsed, signal);
  try {
    const { version } = container;
    const cursor = task.cursor === null ? { members: 0, version } : cursorSchema.parse(task.cursor);
    if (cursor.version !== version) {
      throw new SourceFault("SOURCE_CHANGED", "The archive was replaced while it was listed.");
    }
    let members = 0;
    let entries: ListedEntry[] = [];
    let problems: ListedProblem[] = [];
    for await (const member of listArchive(container.reader, kind)) {
      signal.throwIfAborted();
      members += 1;
      if (members <= cursor.members) continue;
      const uri = memberUri(parsed.uri, member.name);
      const path = task.below === "" ? member.name : `${task.below}/${member.name}`;
      if (member.fault === null) entries.push({ uri, sizeBytes: member.sizeBytes, sourceVersion: version, path });
      else problems.push({ uri, ...member.fault });
      if (entries.length + problems.length < PAGE_ENTRIES) continue;
      yield { entries, problems, cursor: { members, version } };
      entries = [];
      problems = [];
    }
    yield { entries, problems, cursor: { members, version } };
  } finally {
    container.close();
  }
}
