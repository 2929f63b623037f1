import { AppError } from "@sluice/contracts";
import { startCoordinator } from "@sluice/launcher";
import type { CoordinatorFlags } from "../arguments/part-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";
import { holdPart, variablesFor } from "../cluster/hold-part.ts";

const DEFAULT_PORT = 7_080;

/** `coordinator`: one coordinator in the foreground. Its log goes to stderr, and with it, once, its first tokens. */
export async function coordinator(flags: CoordinatorFlags, context: CommandContext): Promise<ExitCode> {
  const databaseUrl = flags.databaseUrl ?? context.config.databaseUrl;
  if (databaseUrl === undefined) throw new AppError("USAGE", "a coordinator needs --database-url or DATABASE_URL");
  choosePlace({ databaseUrl }, context.config);
  return holdPart(context, (signal) =>
    startCoordinator({
      databaseUrl,
      host: flags.host,
      port: flags.port ?? DEFAULT_PORT,
      insecure: flags.insecure,
      workerAddresses: flags.workerAddresses,
      environment: variablesFor(context.config, {
        SLUICE_HOST: flags.host,
        SLUICE_PORT: flags.port,
        SLUICE_INSECURE: flags.insecure,
        SLUICE_WORKER_ADDRESSES: flags.workerAddresses,
      }),
      signal,
    }),
  );
}
