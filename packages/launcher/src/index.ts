export { DATA_DIR_MARKER, type DataDirLayout, dataDirLayout } from "./data-dir/data-dir-layout.ts";
export { prepareDataDir } from "./data-dir/prepare-data-dir.ts";
export { postgresBinaries } from "./postgres/postgres-binaries.ts";
export { startPostgres, type RunningPostgres, type StartPostgresOptions } from "./postgres/start-postgres.ts";
export { locatePostgres, type PostgresAddress, stopPostgres } from "./postgres/stop-postgres.ts";
export { isAlive, processIdentity } from "./processes/process-facts.ts";
