import { AppError } from "@sluice/contracts";
import type { DrainFlags } from "../arguments/control-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `drain WORKER`: no coordinator gives it more; it ends what it reads and leaves. */
export async function drain(worker: string, flags: DrainFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const live = (await cluster.client.listWorkers()).filter((row) => row.live);
  const found = live.filter((row) => row.workerId === worker || row.address === worker.replace(/\/+$/, ""));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const there = live.map((row) => row.address).join(", ");
    throw new AppError("NOT_FOUND", `no worker is ${safeText(worker)}; there are: ${safeText(there) || "none"}`);
  }
  await cluster.client.drainWorker(only.workerId);
  if (flags.json === true) await printJson({ worker: { ...only, draining: true } });
  else await printStdout(`${safeText(only.address)} ends what it reads and gets nothing more\n`);
  return EXIT.ok;
}
