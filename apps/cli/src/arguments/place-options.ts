/** What says where the data is: a data directory, a database, or a running coordinator; and which batch of it. */
import { Argument, Option } from "@commander-js/extra-typings";

export const dataDirOption = () =>
  new Option("--data-dir <folder>", "embedded PostgreSQL and logs live here (SLUICE_DATA_DIR)");

export const databaseUrlOption = () =>
  new Option("--database-url <url>", "use this PostgreSQL instead of the embedded one (DATABASE_URL)").conflicts(
    "dataDir",
  );

export const serverOption = () =>
  new Option("--server <url>", "use a running coordinator (SLUICE_SERVER)").conflicts(["dataDir", "databaseUrl"]);

export const tokenOption = () => new Option("--token <token>", "bearer token for --server (SLUICE_TOKEN)");

export const jsonOption = () => new Option("--json", "print one JSON object on stdout and nothing else there");

export const batchArgument = () => new Argument("<batch>", "id of a batch, the start of one, or `latest`");
