import { realpath, stat } from "node:fs/promises";
import { AppError, displayUri, fileUri } from "@sluice/contracts";

/**
 * The roots of a submission as file URIs of their real paths, each once: an item is named by where it lies, however the
 * path to it was written. Throws PATH_NOT_FOUND or SOURCE_UNREADABLE.
 */
export async function resolveRoots(paths: readonly Uint8Array[]): Promise<string[]> {
  const roots = new Set<string>();
  for (const path of paths) roots.add(fileUri(await realBytes(path)));
  return Array.from(roots);
}

async function realBytes(path: Uint8Array): Promise<Buffer> {
  try {
    const real = await realpath(Buffer.from(path), { encoding: "buffer" });
    await stat(real);
    return real;
  } catch (error) {
    throw rootFault(path, error);
  }
}

function rootFault(path: Uint8Array, error: unknown): unknown {
  const shown = shownPath(path);
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

/** As it was written, made safe to show. */
function shownPath(path: Uint8Array): string {
  return displayUri(fileUri(Buffer.concat([Buffer.from("/"), path]))).slice(1);
}
