import type { ResumeFlags } from "../arguments/control-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printStanding } from "../output/print-standing.ts";

/** `resume BATCH`: ends a pause; with --build, the rest goes to a new batch on the engine that is there. */
export async function resume(batch: string, flags: ResumeFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const batchId = await resolveBatch(client, batch);
  if (flags.build === true) {
    const { batch: heir, continues, moved } = await client.continueBatch(batchId);
    await printStanding(heir, flags, { continues, moved });
  } else {
    await printStanding(await client.resumeBatch(batchId), flags);
  }
  return EXIT.ok;
}
