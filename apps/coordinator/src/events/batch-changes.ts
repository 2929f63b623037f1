/** Tells those who watch a batch that something of it has changed on this coordinator. */
export class BatchChanges {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #heard: () => void;

  /** `heard` is called at every change, whichever batch it is of. */
  constructor(heard: () => void = () => undefined) {
    this.#heard = heard;
  }

  changed(batchId: string): void {
    this.#heard();
    const waiting = this.#waiting.get(batchId);
    this.#waiting.delete(batchId);
    for (const resolve of waiting ?? []) resolve();
  }

  /** Resolves at the next change, or after `timeoutMs`, or when `signal` aborts. */
  async next(batchId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(batchId) ?? new Set();
    this.#waiting.set(batchId, waiting.add(resolve));
    const timer = setTimeout(resolve, timeoutMs);
    const aborted = () => resolve();
    signal.addEventListener("abort", aborted, { once: true });
    await promise;
    signal.removeEventListener("abort", aborted);
    clearTimeout(timer);
    waiting.delete(resolve);
    if (waiting.size === 0 && this.#waiting.get(batchId) === waiting) this.#waiting.delete(batchId);
  }
}
