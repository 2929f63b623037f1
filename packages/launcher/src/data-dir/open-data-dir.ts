import { dataDirFault } from "./data-dir-fault.ts";
import type { DataDirLayout } from "./data-dir-layout.ts";
import { prepareDataDir } from "./prepare-data-dir.ts";
import { takeRunLock } from "./run-lock.ts";

/** A data directory that is ours until `close`, or until this process ends. */
export interface DataDir extends AsyncDisposable {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly layout: DataDirLayout;
  /** Gives the lock back. Does nothing the second time. */
  close(): Promise<void>;
}

/**
 * Makes or checks a data directory and takes it for this run. Throws DATA_DIR_IN_USE (with the holder's pid and command),
 * DATA_DIR_UNUSABLE or DISK_FULL.
 */
export async function openDataDir(dir: string): Promise<DataDir> {
  const layout = await prepareDataDir(dir);
  try {
    const lock = await takeRunLock(layout);
    const close = async () => lock.release();
    return { path: layout.path, layout, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    throw dataDirFault(dir, error);
  }
}
