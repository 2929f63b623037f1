import { AppError } from "@sluice/contracts";

/** The error of a file system call below a data directory, as a person should read it. */
export function dataDirFault(dir: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = (error as { code?: unknown }).code;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new AppError("DISK_FULL", `no space is left for the data directory ${dir}: ${reason}`, {
      context: { dataDir: dir },
      cause: error,
    });
  }
  return new AppError("DATA_DIR_UNUSABLE", `the data directory ${dir} cannot be used: ${reason}`, {
    context: { dataDir: dir },
    cause: error,
  });
}
