import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import { z } from "zod";
import { safeText } from "../output/safe-text.ts";
import { ordinalOf } from "./document-name.ts";
import { exportError } from "./export-target.ts";

export const FOLDER_FORMATS = ["text", "markdown"] as const;

/** A folder that gets a file for each document. */
export interface FolderTarget {
  readonly format: (typeof FOLDER_FORMATS)[number];
  /** Shown to people. */
  readonly name: string;
  readonly path: string;
}

/** What a folder is of, so that the next run goes on with it and no other is mixed into it. */
const contentsSchema = z.object({
  batchId: z.string(),
  format: z.enum(FOLDER_FORMATS),
  state: z.string().nullable(),
  /** When the batch ended that was written, if it had ended when the writing began: then its documents are in order. */
  finishedAt: z.string().nullable(),
});
type Contents = z.infer<typeof contentsSchema>;

const MARKER = ".sluice-export.json";

/** Makes the folder, in one that is there. Throws USAGE, PATH_NOT_FOUND or EXPORT_FAILED. */
export async function planFolder(folder: string, format: FolderTarget["format"]): Promise<FolderTarget> {
  if (folder === "-")
    throw new AppError("USAGE", `--format ${format} writes a file a document; name a folder for them`);
  const path = resolve(folder);
  const target = { format, name: safeText(path), path };
  try {
    const existing = await stat(path).catch(() => null);
    if (existing === null) await mkdir(path);
    else if (!existing.isDirectory()) {
      throw new AppError("USAGE", `--export ${target.name} is a file; --format ${format} needs a folder`);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      throw new AppError("PATH_NOT_FOUND", `the folder above --export does not exist: ${target.name}`, {
        cause: error,
      });
    }
    throw exportError(target, error);
  }
  return target;
}

/**
 * What is in the folder already: `done` are the items with a file, `after` the one behind which all is missing, if there is
 * one. Throws USAGE when the folder is somebody else's.
 */
export async function openFolder(
  target: FolderTarget,
  what: Omit<Contents, "format">,
): Promise<{ done: Set<number>; after: number | null }> {
  const contents: Contents = { ...what, format: target.format };
  try {
    const names = await readdir(target.path);
    const before = names.includes(MARKER) ? await readMarker(target) : null;
    if (before === null && names.length > 0) {
      throw new AppError("USAGE", `${target.name} is not empty; name a new folder`);
    }
    if (before !== null && !isSame(before, contents)) {
      throw new AppError("USAGE", `${target.name} holds another export, of batch ${before.batchId}; name a new folder`);
    }
    for (const name of names) if (name.endsWith(".part")) await rm(join(target.path, name), { force: true });
    const done = new Set(names.map((name) => ordinalOf(name, target.format)).filter((ordinal) => ordinal !== null));
    const ordered = before !== null && before.finishedAt !== null && before.finishedAt === contents.finishedAt;
    await writeFile(join(target.path, MARKER), `${JSON.stringify(contents)}\n`);
    return { done, after: ordered && done.size > 0 ? Math.max(...done) : null };
  } catch (error) {
    throw exportError(target, error);
  }
}

async function readMarker(target: FolderTarget): Promise<Contents> {
  const text = await readFile(join(target.path, MARKER), "utf8");
  const parsed = contentsSchema.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  throw new AppError("USAGE", `${target.name} has a ${MARKER} that is not of this version; name a new folder`);
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isSame(before: Contents, now: Contents): boolean {
  return before.batchId === now.batchId && before.format === now.format && before.state === now.state;
}
