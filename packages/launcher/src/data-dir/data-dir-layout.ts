import { DATA_DIR_MARKER } from "@sluice/client";
import { join } from "node:path";

/** Raised when the layout of a data directory changes in a way that an older Sluice must not touch. */
export const DATA_DIR_FORMAT = 1;

/** Where everything lies below a data directory. */
export function dataDirLayout(path: string) {
  return {
    path,
    marker: join(path, DATA_DIR_MARKER),
    lock: join(path, "run.lock"),
    holder: join(path, "run.json"),
    postgres: join(path, "postgres"),
    postgresRecord: join(path, "postgres.json"),
    postgresPassword: join(path, "postgres.password"),
    logs: join(path, "logs"),
    spool: join(path, "spool"),
    blobs: join(path, "blobs"),
  } as const;
}

export type DataDirLayout = ReturnType<typeof dataDirLayout>;
