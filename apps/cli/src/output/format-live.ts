/** What the live screens show: one batch in full, or many in a line each. */
import {
  type BatchProgress,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  settledItems,
} from "@sluice/client";
import type { BatchStatus, WorkerRow } from "@sluice/contracts";
import { truncate, wrap } from "./fit-text.ts";
import { formatProgressBar, stateOf } from "./format-progress.ts";
import type { Frame } from "./live-screen.ts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";
import { formatTable } from "./table.ts";

export interface LiveLook {
  readonly paint: Paint;
  readonly unicode: boolean;
}

export const WAITING = "waiting for the server";

/** One batch: its bar, its counts, and the workers. Lines are no wider than the frame. */
export function formatLiveStatus(
  progress: BatchProgress | null,
  workers: readonly WorkerRow[],
  frame: Frame,
  look: LiveLook,
): string[] {
  const { paint, unicode } = look;
  if (progress === null) return [truncate(WAITING, frame.width)];
  const { batch, settled } = progress;
  const fit = (text: string) => truncate(text, frame.width);
  const indented = (text: string) => wrap(text, Math.max(10, frame.width - 2)).map((line) => fit(`  ${line}`));
  const rates =
    progress.documentsPerSecond === null
      ? null
      : { documents: progress.documentsPerSecond, pages: progress.pagesPerSecond ?? 0 };
  const bar = formatProgressBar(
    {
      listed: batch.items,
      complete: batch.state !== "open",
      settled,
      failed: batch.extract.failed,
      unchanged: batch.extract.unchanged,
      rates,
      etaSeconds: progress.etaSeconds,
      labels: progress.labels,
    },
    frame.width,
    paint,
    unicode,
  );
  return [
    paint("bold", fit(`batch ${batch.batchId} ${stateOf(batch)}`)),
    ...(batch.name === null ? [] : [fit(`  ${safeText(batch.name)}`)]),
    bar,
    ...indented(`extract: ${countsOf(batch.extract)}`),
    ...(batch.classifyHash === null ? [] : indented(`classify: ${countsOf(batch.classify)}`)),
    ...indented(
      `${formatQuantity(batch.pages, "page")}, ${formatBytes(batch.bytes)}, ${formatQuantity(batch.needsOcr, "document")} for OCR`,
    ),
    "",
    ...formatWorkers(workers, frame.width),
    "",
    paint("dim", fit("Ctrl-C ends the watching, not the batch")),
  ];
}

/** The workers in a table, the busiest first. */
export function formatWorkers(workers: readonly WorkerRow[], width: number): string[] {
  if (workers.length === 0) return [truncate("no worker is registered", width)];
  const rows = [...workers]
    .sort((left, right) => right.busySlots - left.busySlots)
    .map((worker) => [
      safeText(worker.address),
      `${worker.busySlots}/${worker.slots}`,
      safeText(worker.engineVersion),
      worker.live ? (worker.draining ? "leaving" : "live") : "gone",
    ]);
  const columns = [
    { title: "worker", shrinkTo: 8, keep: "end" },
    { title: "busy", align: "right" },
    { title: "engine", shrinkTo: 5 },
    { title: "state" },
  ] as const;
  return formatTable(columns, rows, width).map((line) => truncate(line, width));
}

/** A batch as a list shows it while it moves. */
export interface LiveBatch {
  readonly batch: BatchStatus;
  readonly documentsPerSecond: number | null;
  readonly etaSeconds: number | null;
}

/** Many batches in a line each, as many as there is room for. */
export function formatLiveBatches(
  batches: readonly LiveBatch[],
  workers: readonly WorkerRow[],
  frame: Frame,
  { paint, unicode }: LiveLook,
): string[] {
  const live = workers.filter((worker) => worker.live);
  const slots = live.reduce((sum, worker) => sum + worker.slots, 0);
  const busy = live.reduce((sum, worker) => sum + worker.busySlots, 0);
  const running = batches.filter(({ batch }) => batch.state === "open" || batch.state === "sealed");
  const head = `${formatQuantity(running.length, "batch", "batches")} at work, ${formatQuantity(live.length, "worker")}, ${busy} of ${formatQuantity(slots, "slot")} busy`;
  // Head, column titles and the last line are always there.
  const room = Math.max(1, frame.height - 4);
  const shown = batches.slice(0, room);
  const columns = LIVE_COLUMNS.filter((column) => frame.width >= column.fromWidth);
  const rows = shown.map((row) => columns.map((column) => column.cell(row, unicode)));
  const hidden = batches.length - shown.length;
  return [
    paint("bold", truncate(head, frame.width)),
    ...formatTable(columns, rows, frame.width).map((line, index) =>
      index === 0 ? paint("dim", truncate(line, frame.width)) : truncate(line, frame.width),
    ),
    "",
    paint(
      "dim",
      truncate(hidden > 0 ? `and ${formatCount(hidden)} more; Ctrl-C ends this` : "Ctrl-C ends this", frame.width),
    ),
  ];
}

/** What a narrow window has no room for is left out rather than cut to nothing. */
const LIVE_COLUMNS = [
  { title: "batch", fromWidth: 0, shrinkTo: 8, cell: ({ batch }: LiveBatch) => batch.batchId.slice(0, 13) },
  { title: "state", fromWidth: 60, shrinkTo: 6, cell: ({ batch }: LiveBatch) => stateOf(batch) },
  { title: "", fromWidth: 0, shrinkTo: 5, cell: ({ batch }: LiveBatch, unicode: boolean) => barOf(batch, unicode) },
  { title: "settled", fromWidth: 0, align: "right", cell: ({ batch }: LiveBatch) => formatCount(settledItems(batch)) },
  { title: "of", fromWidth: 60, align: "right", cell: ({ batch }: LiveBatch) => formatCount(batch.items) },
  { title: "failed", fromWidth: 60, align: "right", cell: ({ batch }: LiveBatch) => formatCount(batch.extract.failed) },
  {
    title: "docs/s",
    fromWidth: 80,
    align: "right",
    cell: (row: LiveBatch) => orBlank(row.documentsPerSecond, formatRate),
  },
  { title: "ETA", fromWidth: 80, align: "right", cell: (row: LiveBatch) => orBlank(row.etaSeconds, formatDuration) },
  { title: "name", fromWidth: 0, shrinkTo: 4, keep: "end", cell: ({ batch }: LiveBatch) => safeText(batch.name ?? "") },
] as const;

function orBlank(value: number | null, format: (value: number) => string): string {
  return value === null ? "" : format(value);
}

const BAR_CELLS = 10;

function barOf(batch: BatchStatus, unicode: boolean): string {
  const [full, rest] = unicode ? ["█", "░"] : ["#", "-"];
  const filled = batch.items === 0 ? 0 : Math.floor((settledItems(batch) / batch.items) * BAR_CELLS);
  return full.repeat(filled) + rest.repeat(BAR_CELLS - filled);
}

function countsOf(counts: Readonly<Record<string, number>>): string {
  const shown = Object.entries(counts).filter(([, count]) => count > 0);
  return shown.length === 0
    ? "nothing yet"
    : shown.map(([state, count]) => `${formatCount(count)} ${state}`).join(", ");
}
