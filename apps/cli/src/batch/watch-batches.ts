import { type BatchFilter, pause, ProgressRate, type SluiceClient, settledItems } from "@sluice/client";
import type { BatchStatus, WorkerRow } from "@sluice/contracts";
import { formatLiveBatches, type LiveBatch, WAITING } from "../output/format-live.ts";
import { formatStatusLine, stateOf } from "../output/format-progress.ts";
import { LiveScreen } from "../output/live-screen.ts";
import { safeText } from "../output/safe-text.ts";
import type { Terminal } from "../output/terminal.ts";

const ASK_EVERY_MS = 1_000;

/** Shows batches while they move: on a screen of its own, or as a line for each change where nobody looks. */
export async function watchBatches(
  client: SluiceClient,
  which: BatchFilter & { limit: number },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const rates = new BatchRates();
  let shown: { batches: readonly LiveBatch[]; workers: readonly WorkerRow[] } | null = null;
  using screen = terminal.interactive
    ? new LiveScreen(terminal, (frame) =>
        shown === null ? [WAITING] : formatLiveBatches(shown.batches, shown.workers, frame, terminal),
      )
    : null;
  const told = new Map<string, string>();
  for (;;) {
    try {
      const batches = await client.listBatches({ ...which, signal });
      shown = { batches: batches.map((batch) => rates.observe(batch)), workers: await client.listWorkers({ signal }) };
      if (screen === null) tellChanges(batches, told, terminal);
      else screen.draw();
      await pause(ASK_EVERY_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}

function tellChanges(batches: readonly BatchStatus[], told: Map<string, string>, terminal: Terminal): void {
  for (const batch of batches.toReversed()) {
    const line = `batch ${batch.batchId} ${stateOf(batch)}: ${formatStatusLine(batch)}${batch.name === null ? "" : `  ${safeText(batch.name)}`}`;
    if (told.get(batch.batchId) === line) continue;
    told.set(batch.batchId, line);
    terminal.write(`${line}\n`);
  }
}

/** How fast each of many batches goes. */
class BatchRates {
  readonly #rates = new Map<string, ProgressRate>();

  observe(batch: BatchStatus): LiveBatch {
    const rate = this.#rates.get(batch.batchId) ?? new ProgressRate();
    this.#rates.set(batch.batchId, rate);
    const nowMs = performance.now();
    const settled = settledItems(batch);
    rate.observe({ atMs: nowMs, done: settled - batch.extract.unchanged, pages: batch.pages });
    const moves = batch.state === "open" || batch.state === "sealed";
    const remaining = batch.items - settled;
    return {
      batch,
      documentsPerSecond: moves ? (rate.rates(nowMs)?.documents ?? null) : null,
      etaSeconds: batch.state === "sealed" && remaining > 0 ? rate.secondsFor(remaining, nowMs) : null,
    };
  }
}
