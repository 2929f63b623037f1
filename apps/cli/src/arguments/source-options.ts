import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { SourceFilter } from "@sluice/contracts";

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];

export const includeOption = () =>
  new Option("--include <glob>", "only files that match, such as '*.pdf' or 'in/**' (may be repeated)").argParser(
    collect,
  );

export const excludeOption = () =>
  new Option("--exclude <glob>", "no files that match (may be repeated)").argParser(collect);

export const minSizeOption = () =>
  new Option("--min-size <size>", "no smaller files, such as 10k or 5MB").argParser(byteSize);

export const maxSizeOption = () => new Option("--max-size <size>", "no larger files").argParser(byteSize);

export const archivesOption = () =>
  new Option("--no-archives", "do not look into zip and tar files; each is one file then");

export const fromFileOption = () =>
  new Option(
    "--from-file <list>",
    "read what is named in a file, one path or source a line, or ended by NUL; - for stdin",
  );

const UNITS: Record<string, number> = { "": 1, k: 1 << 10, m: 1 << 20, g: 1 << 30 };

/** `10`, `10k`, `10 MB`, `1.5GiB`: powers of 1,024. */
export function byteSize(text: string): number {
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  if (digits === "" || !Number.isSafeInteger(Math.round(bytes))) {
    throw new InvalidArgumentError("Expected a size such as 4096, 10k, 5MB or 1.5GB.");
  }
  return Math.round(bytes);
}

export interface SourceFlags {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly minSize?: number | undefined;
  readonly maxSize?: number | undefined;
  readonly archives: boolean;
}

export function sourceFilter(flags: SourceFlags): SourceFilter {
  return {
    ...(flags.include === undefined ? {} : { include: [...flags.include] }),
    ...(flags.exclude === undefined ? {} : { exclude: [...flags.exclude] }),
    ...(flags.minSize === undefined ? {} : { minBytes: flags.minSize }),
    ...(flags.maxSize === undefined ? {} : { maxBytes: flags.maxSize }),
    ...(flags.archives ? {} : { expandArchives: false }),
  };
}
