import { formatSource, type SourcePlace } from "@sluice/contracts";
import type { S3Entry } from "@sluice/sources/remote";
import { SourceFault } from "@sluice/sources/source-fault";
import { z } from "zod";
import type { ListingTask, SourceAccess } from "./source-access.ts";
import type { ListedEntry, ListedPage } from "./listed-page.ts";

const cursorSchema = z.object({ after: z.string() });

/**
 * The objects of a bucket below a prefix, in the order of their keys; a key that is an object itself is that one alone. The
 * cursor is the last key, so that it holds whatever comes and goes meanwhile, and no token of the server can expire.
 */
export async function* listS3(
  { remote }: SourceAccess,
  place: Extract<SourcePlace, { scheme: "s3" }>,
  task: ListingTask,
  signal: AbortSignal,
): AsyncGenerator<ListedPage, void, undefined> {
  const { s3 } = remote;
  if (s3 === null) throw new SourceFault("SOURCE_NOT_ALLOWED", "No S3 is configured here (SLUICE_S3_ACCESS_KEY_ID).");
  const { bucket, key } = place;
  let after = task.cursor === null ? null : cursorSchema.parse(task.cursor).after;
  const isFolder = key === "" || key.endsWith("/");
  if (!isFolder && (after === null || after === key)) {
    const single = after === key ? null : await singleObject(remote, place, signal);
    if (single !== null) yield { entries: [single], problems: [], cursor: { after: key } };
    if (single !== null || after === key) return;
  }
  const prefix = isFolder ? key : `${key}/`;
  let found = after !== null;
  for (;;) {
    signal.throwIfAborted();
    const { entries, more } = await s3.list(bucket, prefix, after);
    const last = entries.at(-1)?.key;
    if (last === undefined) break;
    found = true;
    after = last;
    yield { entries: entries.flatMap((entry) => itemOf(bucket, prefix, entry)), problems: [], cursor: { after } };
    if (!more) break;
  }
  if (!found) throw new SourceFault("SOURCE_NOT_FOUND", `There is no object at or below ${key === "" ? bucket : key}.`);
}

/** None for what marks a folder: it holds nothing. */
function itemOf(bucket: string, prefix: string, { key, sizeBytes, version }: S3Entry): ListedEntry[] {
  if (key.endsWith("/") && sizeBytes === 0) return [];
  const uri = formatSource({ scheme: "s3", bucket, key });
  return [{ uri, sizeBytes, sourceVersion: version, path: key.slice(prefix.length) }];
}

async function singleObject(
  remote: SourceAccess["remote"],
  place: Extract<SourcePlace, { scheme: "s3" }>,
  signal: AbortSignal,
): Promise<ListedEntry | null> {
  try {
    const { size, version } = await remote.facts(place, signal);
    const path = place.key.slice(place.key.lastIndexOf("/") + 1);
    return { uri: formatSource(place), sizeBytes: size ?? 0, sourceVersion: version, path };
  } catch (error) {
    if (error instanceof SourceFault && error.code === "SOURCE_NOT_FOUND") return null;
    throw error;
  }
}
