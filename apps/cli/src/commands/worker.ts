import { AppError } from "@sluice/contracts";
import { startWorker } from "@sluice/launcher";
import type { WorkerFlags } from "../arguments/part-arguments.ts";
import { holdPart, variablesFor } from "../cluster/hold-part.ts";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";

/** `worker`: one worker in the foreground that joins the coordinators named. */
export async function worker(flags: WorkerFlags, context: CommandContext): Promise<ExitCode> {
  const { config } = context;
  const token = flags.token ?? config.token;
  if (token === undefined && config.onePartVariables["SLUICE_TOKEN_FILE"] === undefined) {
    throw new AppError("USAGE", "a worker needs --token, SLUICE_TOKEN or SLUICE_TOKEN_FILE, of the worker role");
  }
  return holdPart(context, (signal) =>
    startWorker({
      coordinators: flags.coordinator,
      token,
      workers: flags.workers ?? config.workers,
      host: flags.host,
      port: flags.port,
      advertise: flags.advertise,
      fileRoots: flags.root,
      insecure: flags.insecure,
      environment: variablesFor(config, {
        SLUICE_TOKEN_FILE: flags.token,
        SLUICE_HOST: flags.host,
        SLUICE_PORT: flags.port,
        SLUICE_ADVERTISE: flags.advertise,
        SLUICE_FILE_ROOTS: flags.root,
        SLUICE_INSECURE: flags.insecure,
      }),
      signal,
    }),
  );
}
