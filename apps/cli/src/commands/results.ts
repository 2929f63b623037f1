import { formatQuantity } from "@sluice/client";
import type { ResultsFlags } from "../arguments/read-arguments.ts";
import { AppError } from "@sluice/contracts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { exportFolder } from "../export/export-folder.ts";
import { exportResults } from "../export/export-results.ts";
import { planExport } from "../export/export-target.ts";
import { planFolder } from "../export/folder-target.ts";

/** `results BATCH`: a row for each item or page, on stdout or in a file, or a file for each document. */
export async function results(batch: string, flags: ResultsFlags, context: CommandContext): Promise<ExitCode> {
  const { format } = flags;
  if (format === "text" || format === "markdown") return await intoFolder(batch, { ...flags, format }, context);
  const target = await planExport(flags.export ?? "-", format);
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, batch);
  const rows = flags.byPage === true ? "pages" : "results";
  await exportResults(cluster.client, batchId, target, { state: flags.state, rows });
  return EXIT.ok;
}

async function intoFolder(
  batch: string,
  flags: ResultsFlags & { format: "text" | "markdown" },
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.export === undefined) {
    throw new AppError("USAGE", `--format ${flags.format} writes a file a document; name a folder with --export`);
  }
  const target = await planFolder(flags.export, flags.format);
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, batch);
  const { written, kept } = await exportFolder(cluster.client, batchId, target, flags.state);
  const before = kept === 0 ? "" : `, beside ${formatQuantity(kept, "file")} of an earlier run`;
  context.stderr.write(`${formatQuantity(written, "document")} written to ${target.name}${before}\n`);
  return EXIT.ok;
}
