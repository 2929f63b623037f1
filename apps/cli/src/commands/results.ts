import type { ResultsFlags } from "../arguments/read-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { exportResults } from "../export/export-results.ts";
import { planExport } from "../export/export-target.ts";

/** `results BATCH`: a line for each item, on stdout or in a file. */
export async function results(batch: string, flags: ResultsFlags, context: CommandContext): Promise<ExitCode> {
  const target = await planExport(flags.export ?? "-", flags.format);
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, batch);
  await exportResults(cluster.client, batchId, target, flags.state);
  return EXIT.ok;
}
