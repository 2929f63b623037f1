import { awaitedLabels, ProgressRate, settledItems } from "@sluice/client";
import type { BatchStatus } from "@sluice/contracts";
import { displayWidth } from "./fit-text.ts";
import { formatProgressBar, formatProgressLine, type Progress } from "./format-progress.ts";
import type { Terminal } from "./terminal.ts";

const REDRAW_MS = 125;
const LINE_EVERY_MS = 5_000;

/**
 * Shows how a batch goes: a bar that is redrawn in place on a terminal, a line every few seconds elsewhere. Nothing is
 * shown before the first interval has passed, so that a quick run stays quiet.
 */
export class ProgressView implements Disposable {
  readonly #terminal: Terminal;
  readonly #startedMs = performance.now();
  readonly #rate = new ProgressRate();
  readonly #labelRate = new ProgressRate();
  readonly #timer: ReturnType<typeof setInterval>;
  #listed = 0;
  #complete = false;
  #status: BatchStatus | null = null;
  #drawnWidth = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#timer = setInterval(() => this.#draw(), terminal.interactive ? REDRAW_MS : LINE_EVERY_MS);
  }

  listed(files: number, complete: boolean): void {
    this.#listed = files;
    this.#complete = complete;
  }

  observe(status: BatchStatus): void {
    this.#status = status;
    this.#rate.observe({
      atMs: performance.now(),
      done: settledItems(status) - status.extract.unchanged,
      pages: status.pages,
    });
    const labels = awaitedLabels(status);
    if (labels !== null) this.#labelRate.observe({ atMs: performance.now(), done: labels.settled, pages: 0 });
  }

  /** A message above the bar. */
  note(text: string): void {
    this.#clear();
    this.#terminal.write(`${text}\n`);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#clear();
  }

  #progress(): Progress {
    const settled = this.#status === null ? 0 : settledItems(this.#status);
    const remaining = Math.max(0, this.#listed - settled);
    const nowMs = performance.now();
    const labels = this.#status === null || !this.#complete || remaining > 0 ? null : awaitedLabels(this.#status);
    const [rate, left] = labels === null ? [this.#rate, remaining] : [this.#labelRate, labels.total - labels.settled];
    return {
      listed: Math.max(this.#listed, settled),
      complete: this.#complete,
      settled,
      failed: this.#status?.extract.failed ?? 0,
      unchanged: this.#status?.extract.unchanged ?? 0,
      rates: this.#rate.rates(nowMs),
      etaSeconds: this.#complete && left > 0 ? rate.secondsFor(left, nowMs) : null,
      labels,
    };
  }

  #draw(): void {
    const progress = this.#progress();
    if (!this.#terminal.interactive) {
      this.#terminal.write(`${formatProgressLine(progress, (performance.now() - this.#startedMs) / 1_000)}\n`);
      return;
    }
    const { paint, unicode } = this.#terminal;
    const width = this.#terminal.width();
    const bar = formatProgressBar(progress, width, paint, unicode);
    this.#terminal.write(`${this.#start()}${bar}`);
    this.#drawnWidth = displayWidth(bar);
  }

  #clear(): void {
    if (this.#drawnWidth > 0) this.#terminal.write(this.#start());
    this.#drawnWidth = 0;
  }

  /** To where the bar begins, and clears it: in a window that has become narrower it has been broken into several rows. */
  #start(): string {
    const rowsAbove = Math.ceil(this.#drawnWidth / this.#terminal.width()) - 1;
    return `${rowsAbove > 0 ? `\u001b[${rowsAbove}A` : ""}\r\u001b[J`;
  }
}
