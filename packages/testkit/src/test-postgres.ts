import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "@sluice/launcher";
import { processFolder } from "./temporary-folder.ts";

/** A database of a test lives for seconds: nothing of it has to survive a power cut. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "32MB",
  max_connections: "200",
} as const;

let shared: Promise<RunningPostgres> | undefined;
let running: RunningPostgres | null = null;

/** The one PostgreSQL of this test process, started at the first call. It ends with the process. */
export async function testPostgres(): Promise<RunningPostgres> {
  shared ??= startPostgres({
    dataDir: join(processFolder(), "postgres"),
    exitWithParent: true,
    settings: SETTINGS,
  }).then((postgres) => {
    running = postgres;
    return postgres;
  });
  return await shared;
}

/** Its process, when it has been started. */
export function testPostgresPid(): number | null {
  return running?.pid ?? null;
}
