import { readFileSync } from "node:fs";
import { AppError } from "@sluice/contracts";
import { fileUri } from "@sluice/contracts/file-uri";

export const ONCE_FORMATS = ["text", "markdown", "json", "info"] as const;
export type OnceFormat = (typeof ONCE_FORMATS)[number];

/** Names stdin, as a file and as a URI. */
export const STDIN = "-";

export interface OnceArguments {
  readonly uri: string;
  readonly pages: { readonly from: number; readonly to: number } | null;
  readonly format: OnceFormat;
}

const USE = `use: extract FILE [--pages A[-[B]]] [--format ${ONCE_FORMATS.join("|")}] [--json]`;

/** Reads `FILE [--pages A-B] [--format F] [--json]`; --json is `--format json`. FILE is a path, a file:// URI or `-`. Throws USAGE. */
export function onceArguments(args: readonly Uint8Array[], cwd: Uint8Array): OnceArguments {
  let file: Uint8Array | null = null;
  let pages: OnceArguments["pages"] = null;
  let format: OnceFormat | null = null;
  const setFormat = (next: OnceFormat) => {
    if (format !== null && format !== next) {
      throw new AppError("USAGE", `It is either ${format} or ${next}; ${USE}.`);
    }
    format = next;
  };
  let optionsEnded = false;
  for (let index = 0; index < args.length; index += 1) {
    const bytes = args[index] ?? new Uint8Array();
    const text = Buffer.from(bytes).toString();
    if (!optionsEnded && text === "--") optionsEnded = true;
    else if (!optionsEnded && text === "--json") setFormat("json");
    else if (!optionsEnded && text === "--format") setFormat(formatOf(Buffer.from(args[++index] ?? []).toString()));
    else if (!optionsEnded && text.startsWith("--format=")) setFormat(formatOf(text.slice("--format=".length)));
    else if (!optionsEnded && text === "--pages") pages = pageRange(Buffer.from(args[++index] ?? []).toString());
    else if (!optionsEnded && text.startsWith("--pages=")) pages = pageRange(text.slice("--pages=".length));
    else if (!optionsEnded && text.startsWith("-") && text !== STDIN)
      throw new AppError("USAGE", `There is no option ${text}; ${USE}.`);
    else if (file !== null) throw new AppError("USAGE", `One file at a time; ${USE}.`);
    else file = bytes;
  }
  if (file === null || file.length === 0) throw new AppError("USAGE", `No file was named; ${USE}.`);
  const uri = Buffer.from(file).equals(Buffer.from(STDIN)) ? STDIN : uriOf(file, cwd);
  return { uri, pages, format: format ?? "text" };
}

/**
 * The arguments after the script as bytes. A runtime's argv is text, in which a name that is no UTF-8 has lost its
 * bytes; Linux tells what was really given.
 */
export function argumentBytes(argv: readonly string[]): Uint8Array[] {
  const given = argv.slice(2);
  if (process.platform === "linux" && given.some((argument) => argument.includes("\ufffd"))) {
    const all = splitAtNul(readFileSync("/proc/self/cmdline"));
    const last = all.slice(all.length - given.length);
    // Runtime options stand before the script, so it is counted from the end; if that does not fit, text must do.
    if (last.every((bytes, index) => bytes.toString() === given[index])) return last;
  }
  return given.map((argument) => Buffer.from(argument));
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = (end < 0 ? bytes.length : end) + 1;
  }
  return parts;
}

function formatOf(text: string): OnceFormat {
  const found = ONCE_FORMATS.find((format) => format === text);
  if (found !== undefined) return found;
  throw new AppError("USAGE", `--format takes ${ONCE_FORMATS.join(", ")}, not "${text}".`);
}

/** Beyond any document: the engine reads to the last page there is. */
const LAST_PAGE = 999_999_999;

function pageRange(text: string): { from: number; to: number } {
  const [, first, dash, last] = /^(\d{1,9})(?:(-)(\d{1,9})?)?$/.exec(text) ?? [];
  const from = Number(first);
  const to = dash === undefined ? from : Number(last ?? LAST_PAGE);
  if (first === undefined || from < 1 || to < from) {
    throw new AppError("USAGE", `--pages takes a page or a range from 1 on, such as 3, 3-5 or 3-, not "${text}".`);
  }
  return { from, to };
}

function uriOf(file: Uint8Array, cwd: Uint8Array): string {
  const text = Buffer.from(file).toString();
  if (text.startsWith("file://")) return text;
  return fileUri(file[0] === 0x2f ? file : Buffer.concat([cwd, Buffer.from("/"), file]));
}
