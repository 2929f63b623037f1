import {
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  formatShare,
  type LabelProgress,
  settledItems,
} from "@sluice/client";
import type { BatchStatus } from "@sluice/contracts";
import { displayWidth } from "./fit-text.ts";
import type { Paint } from "./paint.ts";

export interface Progress {
  /** Files found so far. */
  readonly listed: number;
  /** The listing has ended: `listed` is all there is. */
  readonly complete: boolean;
  readonly settled: number;
  readonly failed: number;
  readonly unchanged: number;
  readonly rates: { readonly documents: number; readonly pages: number } | null;
  readonly etaSeconds: number | null;
  /** Once all is read, where labels come behind the text; then `etaSeconds` is theirs. null: there are none to wait for. */
  readonly labels: LabelProgress | null;
}

/** The facts of a progress display, the most telling first: a narrow terminal drops them from the end. */
function facts(progress: Progress): string[] {
  if (progress.listed === 0) return [progress.complete ? "nothing to do" : "starting"];
  const parts: string[] = [];
  if (progress.complete) {
    const { labels } = progress;
    const read = `${formatCount(progress.settled)}/${formatCount(progress.listed)}`;
    if (labels === null) parts.push(read);
    else parts.push(`${formatCount(labels.settled)}/${formatCount(labels.total)} labelled`, `${read} read`);
    if (progress.etaSeconds !== null) parts.push(`ETA ${formatDuration(progress.etaSeconds)}`);
  } else {
    parts.push(`${formatCount(progress.settled)} of ${formatCount(progress.listed)} listed so far`);
  }
  if (progress.failed > 0) parts.push(`${formatCount(progress.failed)} failed`);
  if (progress.rates !== null) {
    parts.push(`${formatRate(progress.rates.documents)} documents/s`, `${formatRate(progress.rates.pages)} pages/s`);
  }
  if (progress.unchanged > 0) parts.push(`${formatCount(progress.unchanged)} unchanged`);
  return parts;
}

const BAR_WIDTH = 24;

function shareOf({ complete, listed, settled, labels }: Progress): number | null {
  if (!complete || listed === 0) return null;
  return labels === null ? settled / listed : labels.settled / labels.total;
}

/** One line of at most `width` columns, to be redrawn in place. */
export function formatProgressBar(progress: Progress, width: number, paint: Paint, unicode: boolean): string {
  const share = shareOf(progress) ?? 0;
  const [full, rest] = unicode ? ["█", "░"] : ["#", "-"];
  const barWidth = width >= 60 ? BAR_WIDTH : 10;
  const filled = Math.floor(share * barWidth);
  const head = `${full.repeat(filled)}${rest.repeat(barWidth - filled)} ${formatShare(share).padStart(5)}`;
  let tail = "";
  const separator = unicode ? " · " : ", ";
  for (const part of facts(progress)) {
    const longer = tail === "" ? `  ${part}` : `${tail}${separator}${part}`;
    if (displayWidth(head) + displayWidth(longer) > width - 1) break;
    tail = longer;
  }
  const bar = `${paint("green", full.repeat(filled))}${paint("dim", rest.repeat(barWidth - filled))}`;
  return `${bar} ${formatShare(share).padStart(5)}${tail}`;
}

/** The same as a plain line for logs. */
export function formatProgressLine(progress: Progress, elapsedSeconds: number): string {
  const share = shareOf(progress);
  const told = share === null ? "" : `${formatShare(share)}, `;
  return `${formatDuration(elapsedSeconds)}: ${told}${facts(progress).join(", ")}`;
}

/** The state of a batch as people see it: a pause is one of its own. */
export function stateOf(status: BatchStatus): string {
  return status.pausedAt === null ? status.state : `${status.state}, paused`;
}

/** One line about a batch, as `status` prints it. */
export function formatStatusLine(status: BatchStatus): string {
  const parts = [`${formatCount(settledItems(status))}/${formatQuantity(status.items, "item")}`];
  for (const [state, count] of Object.entries(status.extract))
    if (count > 0) parts.push(`${formatCount(count)} ${state}`);
  return parts.join(", ");
}
