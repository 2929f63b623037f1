import { AppError, parseSource } from "@sluice/contracts";
import { archiveKind } from "@sluice/sources/archives";
import { SourceFault } from "@sluice/sources/source-fault";
import { listArchivePages } from "./list-archive-pages.ts";
import { listFiles } from "./list-files.ts";
import { listS3 } from "./list-s3.ts";
import type { ListedPage } from "./listed-page.ts";
import type { ListingTask, SourceAccess } from "./source-access.ts";
import { sourceName } from "./source-name.ts";

/** A source from where its cursor stands, page by page, to its end. Throws SourceFault, or what `signal` is aborted with. */
export async function* listSource(
  access: SourceAccess,
  task: ListingTask,
  signal: AbortSignal,
): AsyncGenerator<ListedPage, void, undefined> {
  const parsed = parseSource(task.source);
  if (parsed === null) throw new SourceFault("SOURCE_UNREADABLE", "It is no source that can be listed.");
  if (task.expandArchives && archiveKind(sourceName(parsed)) !== null) {
    yield* listArchivePages(access, parsed, task, signal);
  } else if (parsed.place.scheme === "s3") {
    yield* listS3(access, parsed.place, task, signal);
  } else if (parsed.place.scheme === "file") {
    yield* listFiles(access, parsed.place.path, task, signal);
  } else {
    throw new AppError("INTERNAL", `${parsed.place.scheme} sources are looked up, and not listed.`);
  }
}
