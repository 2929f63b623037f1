import type { TextFlags } from "../arguments/read-arguments.ts";
import { resolveItem } from "../batch/resolve-item.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `text BATCH/ITEM`: what is stored of it, as `extract` prints a file. */
export async function text(item: string, flags: TextFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const { batchId, ordinal } = await resolveItem(client, item);
  const stored = await client.itemText(batchId, ordinal, flags.page === undefined ? {} : { page: flags.page });
  if (flags.json === true) await printJson({ batchId, ordinal, pages: stored.split("\f") });
  else await printStdout(stored.endsWith("\n") || stored === "" ? stored : `${stored}\n`);
  return EXIT.ok;
}
