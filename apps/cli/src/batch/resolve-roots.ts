import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

/**
 * The roots of a submission as real paths, each once: an item is named by where it lies, however the path to it was
 * written. Throws PATH_NOT_FOUND or SOURCE_UNREADABLE.
 */
export async function resolveRoots(paths: readonly string[]): Promise<string[]> {
  const roots = new Set<string>();
  for (const path of paths) {
    try {
      const real = await realpath(resolve(path));
      await stat(real);
      roots.add(real);
    } catch (error) {
      throw rootFault(path, error);
    }
  }
  return Array.from(roots);
}

function rootFault(path: string, error: unknown): unknown {
  const shown = safeText(path);
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return new AppError("PATH_NOT_FOUND", `no such file or folder: ${shown}`, { cause: error });
    case "ENOTDIR":
      return new AppError("PATH_NOT_FOUND", `a part of the path is not a folder: ${shown}`, { cause: error });
    case "ELOOP":
      return new AppError("PATH_NOT_FOUND", `the symbolic links of the path go round in a circle: ${shown}`, {
        cause: error,
      });
    case "ENAMETOOLONG":
      return new AppError("PATH_NOT_FOUND", `the path is too long: ${shown}`, { cause: error });
    case "EACCES":
    case "EPERM":
      return new AppError("SOURCE_UNREADABLE", `permission denied: ${shown}`, { cause: error });
    default:
      return error;
  }
}
