import { formatCount, formatDuration, formatQuantity } from "@sluice/client";
import type { QueueRow } from "@sluice/contracts";
import type { QueuesFlags } from "../arguments/read-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `queues`: what waits for workers, and what each of them has in hand. */
export async function queues(flags: QueuesFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const rows = await cluster.client.listQueues();
  if (flags.json === true) await printJson({ queues: rows });
  else
    await printStdout(
      rows.length === 0 ? "no queue yet\n" : rows.map((row) => formatQueue(row, Date.now())).join("\n"),
    );
  return EXIT.ok;
}

/** A queue, and below it the shards that are being read. */
export function formatQueue(row: QueueRow, nowMs: number): string {
  const build = [row.engineVersion, row.classifierVersion]
    .filter((version): version is string => version !== null && version !== "")
    .map(safeText)
    .join(", ");
  const waits = row.queued > 0 ? `, the oldest for ${formatDuration(row.oldestSeconds)}` : "";
  const lines = [
    `${row.stage} (${build}): ${formatQuantity(row.queued, "shard")} waiting${waits}, ${formatCount(row.active)} at work`,
    `  ${formatCount(row.busySlots)} of ${formatQuantity(row.slots, "slot")} busy`,
  ];
  for (const worker of row.workers) {
    lines.push(`  ${safeText(worker.address ?? worker.workerId)}${worker.live ? "" : "  gone"}`);
    for (const { batchId, items, since } of worker.running) {
      const seconds = Math.max(0, (nowMs - Date.parse(since)) / 1_000);
      lines.push(`    ${formatQuantity(items, "item")} of batch ${batchId} for ${formatDuration(seconds)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
