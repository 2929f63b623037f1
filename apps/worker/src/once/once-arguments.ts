import { readFileSync } from "node:fs";
import { AppError } from "@sluice/contracts";
import { fileUri } from "@sluice/contracts/file-uri";

export type OnceFormat = "text" | "markdown" | "json";

export interface OnceArguments {
  readonly uri: string;
  readonly pages: { readonly from: number; readonly to: number } | null;
  readonly format: OnceFormat;
}

const USE = "use: extract FILE [--pages A[-B]] [--format text|markdown|json] [--json]";

/** Reads `FILE [--pages A-B] [--format F] [--json]`; --json is `--format json`. FILE is a path or a file:// URI. Throws USAGE. */
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
    else if (!optionsEnded && text.startsWith("-")) throw new AppError("USAGE", `There is no option ${text}; ${USE}.`);
    else if (file !== null) throw new AppError("USAGE", `One file at a time; ${USE}.`);
    else file = bytes;
  }
  if (file === null || file.length === 0) throw new AppError("USAGE", `No file was named; ${USE}.`);
  return { uri: uriOf(file, cwd), pages, format: format ?? "text" };
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
  if (text === "text" || text === "markdown" || text === "json") return text;
  throw new AppError("USAGE", `--format takes text, markdown or json, not "${text}".`);
}

function pageRange(text: string): { from: number; to: number } {
  const [, first, last] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  if (first === undefined || from < 1 || to < from) {
    throw new AppError("USAGE", `--pages takes a page or a range from 1 on, such as 3 or 3-5, not "${text}".`);
  }
  return { from, to };
}

function uriOf(file: Uint8Array, cwd: Uint8Array): string {
  const text = Buffer.from(file).toString();
  if (text.startsWith("file://")) return text;
  return fileUri(file[0] === 0x2f ? file : Buffer.concat([cwd, Buffer.from("/"), file]));
}
