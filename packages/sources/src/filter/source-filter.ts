import type { SourceFilter } from "@sluice/contracts";
import { globMatcher } from "./glob-matcher.ts";

/** Whether a source found below a root becomes an item. `path`: below that root, separated by `/`. */
export type SourceMatcher = (path: string, sizeBytes: number) => boolean;

/**
 * One matcher for listings of clients and of coordinators. A pattern without `/` looks at the last part of the path, as
 * `*.pdf` is meant; one with `/` looks at the whole path. An empty filter takes everything. Names that start with
 * a dot are matched like any other. Never throws: what is no pattern is a name.
 */
export function sourceMatcher(filter: SourceFilter): SourceMatcher {
  const includes = (filter.include ?? []).map(pathMatcher);
  const excludes = (filter.exclude ?? []).map(pathMatcher);
  const least = filter.minBytes ?? 0;
  const most = filter.maxBytes ?? Number.POSITIVE_INFINITY;
  return (path, sizeBytes) => {
    if (sizeBytes < least || sizeBytes > most) return false;
    if (includes.length > 0 && !includes.some((matches) => matches(path))) return false;
    return !excludes.some((matches) => matches(path));
  };
}

function pathMatcher(pattern: string): (path: string) => boolean {
  const matches = globMatcher(pattern.replace(/^\.?\//, ""));
  if (pattern.includes("/")) return (path) => matches(path);
  return (path) => matches(path.slice(path.lastIndexOf("/") + 1));
}
