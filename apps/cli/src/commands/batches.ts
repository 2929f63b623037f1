import { type BatchFilter, formatCount, settledItems } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import type { BatchesFlags } from "../arguments/read-arguments.ts";
import { watchBatches } from "../batch/watch-batches.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { stateOf } from "../output/format-progress.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";

/** `batches`: what there is, the latest first. */
export async function batches(flags: BatchesFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const filter: BatchFilter = {
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.state === undefined ? {} : { state: flags.state }),
  };
  if (flags.watch === true) {
    if (flags.json === true)
      throw new AppError("USAGE", "--watch is for people; ask again with --json as often as needed");
    await watchBatches(
      cluster.client,
      { ...filter, limit: flags.limit ?? 100 },
      context.stdout,
      context.interrupt.take(),
    );
    return EXIT.ok;
  }
  const listed = await cluster.client.listBatches({ ...filter, limit: flags.limit ?? 20 });
  if (flags.json === true) {
    await printJson({ batches: listed });
    return EXIT.ok;
  }
  const rows = listed.map((batch) => [
    batch.batchId,
    batch.createdAt.slice(0, 19).replace("T", " "),
    stateOf(batch),
    `${formatCount(settledItems(batch))}/${formatCount(batch.items)}`,
    formatCount(batch.extract.failed),
    safeText(batch.name ?? ""),
  ]);
  const columns = [
    // Its start is enough for other commands.
    { title: "batch", shrinkTo: 13 },
    { title: "opened (UTC)", shrinkTo: 10 },
    { title: "state" },
    { title: "settled", align: "right" },
    { title: "failed", align: "right" },
    { title: "name", shrinkTo: 8, keep: "end" },
  ] as const;
  const { width, paint } = context.stdout;
  const lines = formatTable(columns, rows, width(), (cell, row) => (row < 0 ? paint("bold", cell) : cell));
  await printStdout(rows.length === 0 ? "no batch yet\n" : `${lines.join("\n")}\n`);
  return EXIT.ok;
}
