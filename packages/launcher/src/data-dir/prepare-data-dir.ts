import { DATA_DIR_MARKER } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { dataDirFault } from "./data-dir-fault.ts";
import { DATA_DIR_FORMAT, type DataDirLayout, dataDirLayout } from "./data-dir-layout.ts";

const markerSchema = z.object({ format: z.int(), createdBy: z.string(), createdAt: z.string() });

/** Entries that a fresh volume or a file browser leaves in a folder which is empty for people. */
const HARMLESS_ENTRIES = new Set(["lost+found", ".DS_Store"]);

/**
 * Makes a data directory, or checks that what is there is one of this format and can be written. Takes no lock.
 * Throws DATA_DIR_UNUSABLE or DISK_FULL. A folder that holds other things is refused, so that a mistyped
 * `--data-dir ~/documents` does not scatter a database among someone's files.
 */
export async function prepareDataDir(dir: string): Promise<DataDirLayout> {
  try {
    // Page text lies below: for its owner only.
    await mkdir(resolve(dir), { recursive: true, mode: 0o700 });
    const layout = dataDirLayout(await realpath(dir));
    await checkMarker(layout);
    await mkdir(layout.logs, { recursive: true });
    await mkdir(layout.spool, { recursive: true });
    const probe = join(layout.spool, `probe-${process.pid}`);
    await writeFile(probe, "x");
    await rm(probe, { force: true });
    return layout;
  } catch (error) {
    throw dataDirFault(dir, error);
  }
}

async function checkMarker(layout: DataDirLayout): Promise<void> {
  const text = await readFile(layout.marker, "utf8").catch((error: unknown) => {
    if ((error as { code?: unknown }).code === "ENOENT") return null;
    throw error;
  });
  if (text === null) {
    const entries = await readdir(layout.path);
    // Another run made it a data directory meanwhile.
    if (entries.includes(DATA_DIR_MARKER)) return await checkMarker(layout);
    const others = entries.filter((entry) => !HARMLESS_ENTRIES.has(entry) && !isOurs(entry));
    if (others.length > 0) {
      throw new AppError(
        "DATA_DIR_UNUSABLE",
        `${layout.path} holds other files (${others.slice(0, 3).join(", ")}) and is no data directory; name an empty or a new folder`,
        { context: { dataDir: layout.path } },
      );
    }
    const marker = { format: DATA_DIR_FORMAT, createdBy: "sluice 0.1.0", createdAt: new Date().toISOString() };
    const draft = `${layout.marker}.${process.pid}`;
    await writeFile(draft, `${JSON.stringify(marker, null, 2)}\n`);
    await rename(draft, layout.marker);
    return;
  }
  const marker = markerSchema.safeParse(parseJson(text));
  if (!marker.success) {
    throw new AppError(
      "DATA_DIR_UNUSABLE",
      `${layout.marker} is damaged; restore it or choose another data directory`,
      {
        context: { dataDir: layout.path },
      },
    );
  }
  if (marker.data.format > DATA_DIR_FORMAT) {
    throw new AppError(
      "DATA_DIR_UNUSABLE",
      `${layout.path} has format ${marker.data.format}, made by a newer Sluice; this one reads format ${DATA_DIR_FORMAT}`,
      { context: { dataDir: layout.path } },
    );
  }
}

/** A first start that was killed before the marker had its name leaves only its draft. */
function isOurs(entry: string): boolean {
  return /^sluice\.json\.\d+$/.test(entry);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
