import type { ControlFlags } from "../arguments/control-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printStanding } from "../output/print-standing.ts";

/** `cancel BATCH`. */
export async function cancel(batch: string, flags: ControlFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  await printStanding(await cluster.client.cancelBatch(await resolveBatch(cluster.client, batch)), flags);
  return EXIT.ok;
}
