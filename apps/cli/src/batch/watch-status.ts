import { type BatchProgress, pause, type SluiceClient } from "@sluice/client";
import type { BatchStatus, WorkerRow } from "@sluice/contracts";
import { formatLiveStatus } from "../output/format-live.ts";
import { LiveScreen } from "../output/live-screen.ts";
import type { Terminal } from "../output/terminal.ts";

const WORKERS_EVERY_MS = 2_000;

/** Shows a batch on a screen of its own until it ends, or until a signal. How it stands then. */
export async function watchStatus(
  client: SluiceClient,
  batchId: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<BatchStatus> {
  let progress: BatchProgress | null = null;
  let workers: readonly WorkerRow[] = [];
  const ended = new AbortController();
  const watching = AbortSignal.any([signal, ended.signal]);
  const readWorkers = async () => {
    while (!watching.aborted) {
      workers = (await client.listWorkers({ signal: watching })).filter((worker) => worker.live);
      await pause(WORKERS_EVERY_MS, watching);
    }
  };
  {
    using screen = new LiveScreen(terminal, (frame) => formatLiveStatus(progress, workers, frame, terminal));
    // What keeps the workers from being read keeps the batch from being watched, and is told there.
    readWorkers().catch(() => {});
    try {
      for await (const each of client.progress(batchId, { signal })) {
        progress = each;
        screen.draw();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      ended.abort();
    }
  }
  return await client.getBatch(batchId);
}
