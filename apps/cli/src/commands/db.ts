import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AppError } from "@sluice/contracts";
import { dataDirLayout, locatePostgres, openDataDir, startPostgres, stopPostgres } from "@sluice/launcher";
import type { DbFlags } from "../arguments/part-arguments.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printJson, printStdout } from "../output/stdout.ts";

function dataDirOf(flags: DbFlags, { config }: CommandContext): string {
  return flags.dataDir === undefined ? config.dataDir : resolve(flags.dataDir);
}

/** `db start`: the embedded PostgreSQL in the background. Commands on the same data directory use it while it runs. */
export async function dbStart(flags: DbFlags, context: CommandContext): Promise<ExitCode> {
  const dataDir = dataDirOf(flags, context);
  await using _lock = await openDataDir(dataDir);
  const { pid, port, reused } = await startPostgres({ dataDir, exitWithParent: false });
  if (flags.json === true) await printJson({ running: true, pid, port, startedNow: !reused });
  else {
    const what = reused ? "was running already" : "runs";
    await printStdout(`PostgreSQL ${what} on 127.0.0.1:${port} (process ${pid})\n`);
  }
  return EXIT.ok;
}

/** `db stop`: ends what `db start` started. */
export async function dbStop(flags: DbFlags, context: CommandContext): Promise<ExitCode> {
  const stopped = await stopPostgres(dataDirOf(flags, context));
  if (flags.json === true) await printJson({ running: false, stoppedNow: stopped });
  else await printStdout(stopped ? "stopped\n" : "nothing was running\n");
  return EXIT.ok;
}

/** `db url`: the connection string while PostgreSQL runs, for psql and other programs. */
export async function dbUrl(flags: DbFlags, context: CommandContext): Promise<ExitCode> {
  const dataDir = dataDirOf(flags, context);
  const address = existsSync(dataDirLayout(dataDir).marker) ? await locatePostgres(dataDir) : null;
  if (address === null) {
    throw new AppError("NOT_FOUND", `no PostgreSQL runs on ${dataDir}; start it with \`${context.program} db start\``);
  }
  if (flags.json === true) await printJson({ databaseUrl: address.databaseUrl, pid: address.pid, port: address.port });
  else await printStdout(`${address.databaseUrl}\n`);
  return EXIT.ok;
}
