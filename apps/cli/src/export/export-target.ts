import { close, fsync, open } from "node:fs";
import { lstat, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { AppError } from "@sluice/contracts";
import { FileDescriptorWriter } from "../output/file-descriptor-writer.ts";
import { safeText } from "../output/safe-text.ts";

/** How people name formats, and what the server calls them. */
export const EXPORT_NAMES = { jsonl: "ndjson", csv: "csv", parquet: "parquet" } as const;
export type ExportName = keyof typeof EXPORT_NAMES;

/** The name of an export to stdout. */
export const STDOUT = "stdout";

/** Where an export goes, checked before the work starts rather than after it. */
export interface ExportTarget {
  readonly format: ExportName;
  /** Shown to people. */
  readonly name: string;
  /** null: stdout. */
  readonly path: string | null;
  /** A device or a named pipe is written in place; a file appears whole, under its name, or not at all. */
  readonly inPlace: boolean;
}

/** Settles format and place of an export, or throws USAGE, PATH_NOT_FOUND or EXPORT_FAILED. */
export async function planExport(file: string, format: ExportName | undefined): Promise<ExportTarget> {
  const chosen = chooseFormat(file, format);
  if (file === "-" && chosen === "parquet" && process.stdout.isTTY) {
    throw new AppError(
      "USAGE",
      "Parquet is no text for a terminal; name a file with --export, or send it to a program",
    );
  }
  if (file === "-") return { format: chosen, name: STDOUT, path: null, inPlace: true };
  const path = await followLink(resolve(file));
  const name = safeText(path);
  const existing = await stat(path).catch(() => null);
  if (existing?.isDirectory() === true)
    throw new AppError("USAGE", `--export ${name} is a directory; name a file in it`);
  if (existing === null) {
    const folder = await stat(dirname(path)).catch(() => null);
    if (folder?.isDirectory() !== true) {
      throw new AppError("PATH_NOT_FOUND", `the folder of --export does not exist: ${safeText(dirname(path))}`);
    }
  }
  const target = { format: chosen, name, path, inPlace: existing !== null && !existing.isFile() };
  await probe(target);
  return target;
}

/** Runs `write` with a writer to the target; a failure leaves no half-written file behind. */
export async function writeExport(
  target: ExportTarget,
  write: (writer: FileDescriptorWriter) => Promise<void>,
): Promise<void> {
  if (target.path === null) {
    const writer = new FileDescriptorWriter(1);
    await write(writer);
    return writer.flush();
  }
  const path = target.inPlace ? target.path : temporaryName(target.path);
  try {
    const descriptor = await promisify(open)(path, "w");
    try {
      const writer = new FileDescriptorWriter(descriptor);
      await write(writer);
      await writer.flush();
      // A full disk may show only now; renaming first would replace a good file with a cut one.
      if (!target.inPlace) await promisify(fsync)(descriptor);
    } finally {
      await promisify(close)(descriptor);
    }
    if (!target.inPlace) await rename(path, target.path);
  } catch (error) {
    if (!target.inPlace) await rm(path, { force: true });
    throw exportError(target, error);
  }
}

function chooseFormat(file: string, format: ExportName | undefined): ExportName {
  if (format !== undefined) return format;
  const extension = extname(file);
  return extension === ".csv" || extension === ".parquet" ? (extension.slice(1) as ExportName) : "jsonl";
}

/** A link is followed, so that the file it points to is replaced and not the link. */
async function followLink(path: string): Promise<string> {
  const link = await lstat(path).catch(() => null);
  return link?.isSymbolicLink() === true ? realpath(path).catch(() => path) : path;
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.part`);
}

async function probe(target: ExportTarget): Promise<void> {
  if (target.path === null || target.inPlace) return;
  const path = temporaryName(target.path);
  try {
    await promisify(close)(await promisify(open)(path, "w"));
  } catch (error) {
    throw exportError(target, error);
  } finally {
    await rm(path, { force: true });
  }
}

/** What a fault of the place becomes; any other stays what it is. */
export function exportError(target: Pick<ExportTarget, "name">, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new AppError("DISK_FULL", `no space left for the export to ${target.name}`, { cause: error });
  }
  if (error instanceof AppError || typeof code !== "string" || (error as NodeJS.ErrnoException).syscall === undefined) {
    return error;
  }
  const { message } = error as Error;
  return new AppError("EXPORT_FAILED", `cannot write the export to ${target.name}: ${message}`, { cause: error });
}
