import { formatQuantity } from "@sluice/client";
import type { WorkersFlags } from "../arguments/read-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatWorkers } from "../output/format-live.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `workers`: who is there, and how busy. */
export async function workers(flags: WorkersFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const all = await cluster.client.listWorkers();
  const shown = flags.all === true ? all : all.filter((worker) => worker.live);
  if (flags.json === true) {
    await printJson({ workers: shown });
    return EXIT.ok;
  }
  const lines = formatWorkers(shown, context.stdout.width());
  const slots = shown.reduce((sum, worker) => sum + worker.slots, 0);
  if (shown.length > 0) lines.push(`${formatQuantity(shown.length, "worker")}, ${formatQuantity(slots, "slot")}`);
  await printStdout(`${lines.join("\n")}\n`);
  return EXIT.ok;
}
