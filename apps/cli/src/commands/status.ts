import { type SluiceClient, formatBytes, formatQuantity, settledItems } from "@sluice/client";
import type { BatchStatus, WorkerRow } from "@sluice/contracts";
import type { StatusFlags } from "../arguments/read-arguments.ts";
import { followBatch } from "../batch/follow-batch.ts";
import { watchStatus } from "../batch/watch-status.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatStatusLine, stateOf } from "../output/format-progress.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `status [BATCH]`: how a batch stands, once or until its end, and the workers that are there. */
export async function status(batch: string, flags: StatusFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config), { patient: flags.watch === true });
  const { client } = cluster;
  const standing = await readStanding(client, batch, flags, context);
  const workers = (await client.listWorkers()).filter((worker) => worker.live);
  if (flags.json === true) await printJson({ batch: standing, workers });
  else await printStdout(formatStatus(standing, workers));
  return EXIT.ok;
}

/** null: nothing was ever handed in, and there are only workers to show. */
async function readStanding(
  client: SluiceClient,
  batch: string,
  flags: StatusFlags,
  context: CommandContext,
): Promise<BatchStatus | null> {
  if (batch === "latest" && (await client.listBatches({ limit: 1 })).length === 0) return null;
  const batchId = await resolveBatch(client, batch);
  if (flags.watch !== true) return await client.getBatch(batchId);
  const signal = context.interrupt.take();
  return context.stdout.interactive && flags.json !== true
    ? await watchStatus(client, batchId, context.stdout, signal)
    : await followBatch(client, batchId, context, signal);
}

/** A batch and its workers in a few lines. */
export function formatStatus(batch: BatchStatus | null, workers: readonly WorkerRow[]): string {
  const lines = batch === null ? ["no batch yet; `classify PATH` makes the first"] : formatBatch(batch);
  if (workers.length > 0) {
    lines.push(formatQuantity(workers.length, "worker"), ...workers.map(formatWorker));
    if (batch !== null && waitsForBuild(batch, workers)) {
      lines.push(
        `no worker runs engine ${safeText(batch.engineVersion)}, which this batch is read by: start one,`,
        "or `resume BATCH --build` reads the rest with the engine that is there, as another batch",
      );
    }
  } else if (batch === null) lines.push("no worker is registered");
  else if (batch.items > settledItems(batch) && batch.state !== "cancelled") {
    lines.push("no worker is registered: the batch goes on when one is");
  }
  return `${lines.join("\n")}\n`;
}

function waitsForBuild(batch: BatchStatus, workers: readonly WorkerRow[]): boolean {
  const pending = batch.extract.pending > 0 && batch.state !== "cancelled";
  return pending && workers.every((worker) => worker.engineVersion !== batch.engineVersion);
}

function formatBatch(batch: BatchStatus): string[] {
  return [
    `batch ${batch.batchId} ${stateOf(batch)}${batch.name === null ? "" : `: ${safeText(batch.name)}`}`,
    `  ${formatStatusLine(batch)}`,
    ...(batch.continuedBy === null ? [] : [`  the rest is read by batch ${batch.continuedBy}`]),
    `  ${formatQuantity(batch.pages, "page")}, ${formatBytes(batch.bytes)}, ${formatQuantity(batch.needsOcr, "document")} for OCR`,
  ];
}

function formatWorker(worker: WorkerRow): string {
  const slots = `${worker.busySlots} of ${formatQuantity(worker.slots, "slot")} busy`;
  const leaving = worker.draining ? ", leaving" : "";
  return `  ${safeText(worker.address)}  ${slots}, engine ${safeText(worker.engineVersion)}${leaving}`;
}
