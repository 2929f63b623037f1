import { type ParsedSource, parseSource } from "@sluice/contracts";
import { archiveKind } from "@sluice/sources/archives";
import type { HeldListing } from "./take-listing.ts";
import { sourceName } from "./source-name.ts";

/** A source that is one document, which can be looked up for itself: a web address or an upload. Null: it is a listing of its own. */
export function singleSource({ source, filter }: Pick<HeldListing, "source" | "filter">): ParsedSource | null {
  const parsed = parseSource(source);
  if (parsed === null || (parsed.place.scheme !== "http" && parsed.place.scheme !== "upload")) return null;
  const isArchive = filter.expandArchives !== false && archiveKind(sourceName(parsed)) !== null;
  return isArchive ? null : parsed;
}
