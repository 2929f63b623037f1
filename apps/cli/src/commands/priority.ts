import type { Priority } from "@sluice/contracts";
import type { ControlFlags } from "../arguments/control-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printStanding } from "../output/print-standing.ts";

/** `priority BATCH LEVEL`. */
export async function priority(
  batch: string,
  level: Priority,
  flags: ControlFlags,
  context: CommandContext,
): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, batch);
  await printStanding(await cluster.client.changeBatch(batchId, { priority: level }), flags);
  return EXIT.ok;
}
