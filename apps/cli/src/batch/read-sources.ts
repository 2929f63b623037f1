import { readFile } from "node:fs/promises";
import { resolveRoots } from "@sluice/client";
import { AppError, MAX_SOURCES, parseSource } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

/** What is to be read: what this process lists, as file URIs, or what the server is to list. Never both. */
export type GivenSources =
  | { readonly kind: "here"; readonly roots: readonly string[] }
  | { readonly kind: "server"; readonly sources: readonly string[] };

const URI = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Sources from arguments and, one a line, from a file (`-`: stdin); empty lines and those that start with `#` are none. A
 * path is listed here, a URI by the server. Throws USAGE, PATH_NOT_FOUND or SOURCE_UNREADABLE.
 */
export async function readSources(paths: readonly Uint8Array[], fromFile: string | undefined): Promise<GivenSources> {
  const given = [...paths, ...(fromFile === undefined ? [] : await readList(fromFile))];
  if (given.length === 0)
    throw new AppError("USAGE", "name what is to be read: paths, sources, or a list (--from-file)");
  const uris = given.map((source) => Buffer.from(source).toString()).filter((text) => URI.test(text));
  if (uris.length === 0) return { kind: "here", roots: await resolveRoots(given) };
  if (uris.length < given.length) {
    throw new AppError("USAGE", "paths and sources such as s3://… cannot be one batch; run the command once for each");
  }
  const wrong = uris.find((uri) => parseSource(uri) === null);
  if (wrong !== undefined) throw new AppError("USAGE", `no source that can be read: ${safeText(wrong.slice(0, 200))}`);
  if (uris.length > MAX_SOURCES) {
    throw new AppError("USAGE", `${uris.length} sources are too many for one batch, which takes ${MAX_SOURCES}`);
  }
  return { kind: "server", sources: uris };
}

const NUL = 0x00;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const HASH = 0x23;

/**
 * Lines as bytes, since a path is bytes. Where there is a NUL, which no path has, it is what ends a name, as `find -print0`
 * writes them, and any name can be told.
 */
async function readList(file: string): Promise<Uint8Array[]> {
  const bytes = await readWhole(file);
  if (bytes.includes(NUL)) return splitAt(bytes, NUL);
  return splitAt(bytes, NEWLINE)
    .map((line) => (line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line))
    .filter((line) => line.length > 0 && line[0] !== HASH);
}

function splitAt(bytes: Uint8Array, mark: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(mark, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return parts;
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    return file === "-" ? await Bun.stdin.bytes() : await readFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = code === "ENOENT" ? "PATH_NOT_FOUND" : "SOURCE_UNREADABLE";
    throw new AppError(name, `the list ${safeText(file)} cannot be read: ${code ?? message}`, { cause: error });
  }
}
