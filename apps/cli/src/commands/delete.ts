import { formatCount } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import type { DeleteFlags } from "../arguments/control-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `delete BATCH --yes`: an ended batch, with what only it has stored. */
export async function deleteBatch(batch: string, flags: DeleteFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const standing = await client.getBatch(await resolveBatch(client, batch));
  const { batchId, name, items, createdAt } = standing;
  const what = `batch ${batchId}${name === null ? "" : ` (${safeText(name)})`} of ${createdAt.slice(0, 10)} with its ${formatCount(items)} items`;
  if (flags.yes !== true) {
    throw new AppError("USAGE", `${what} would be gone for good: say --yes when that is what you want`);
  }
  await client.deleteBatch(batchId);
  if (flags.json === true) await printJson({ deleted: standing });
  else await printStdout(`${what} is deleted\n`);
  return EXIT.ok;
}
