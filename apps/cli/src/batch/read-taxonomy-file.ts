import { readFile } from "node:fs/promises";
import { AppError } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

/** The text of a taxonomy file. PATH_NOT_FOUND, or TAXONOMY_INVALID for what is no file that can be read. */
export async function readTaxonomyFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new AppError("PATH_NOT_FOUND", `no such taxonomy file: ${safeText(file)}`, { cause: error });
    throw new AppError("TAXONOMY_INVALID", `cannot read ${safeText(file)}: ${message}`, { cause: error });
  }
}
