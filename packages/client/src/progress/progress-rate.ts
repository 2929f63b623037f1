/** Long enough to smooth out shards that are committed together, short enough to follow a change of load. */
const WINDOW_MS = 20_000;

interface Sample {
  readonly atMs: number;
  readonly done: number;
  readonly pages: number;
}

/**
 * How fast work goes, from samples of what is done by when, over a sliding window. Items found `unchanged` are settled
 * in an instant and say nothing about those that are still to be read: they are not counted.
 */
export class ProgressRate {
  readonly #samples: Sample[] = [];

  observe(sample: Sample): void {
    this.#samples.push(sample);
    this.#forgetBefore(sample.atMs - WINDOW_MS);
  }

  /** Documents and pages a second up to now, so that a stall shows; null until there is something to divide. */
  rates(nowMs: number): { documents: number; pages: number } | null {
    this.#forgetBefore(nowMs - WINDOW_MS);
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined) return null;
    const seconds = (nowMs - first.atMs) / 1_000;
    if (seconds < 0.5 || last.done <= first.done) return null;
    return { documents: (last.done - first.done) / seconds, pages: Math.max(0, last.pages - first.pages) / seconds };
  }

  /** Seconds until so many more documents are done; null while nobody can know. */
  secondsFor(remaining: number, nowMs: number): number | null {
    const rates = this.rates(nowMs);
    return rates === null ? null : remaining / rates.documents;
  }

  /** The last sample before the window stays: the window is measured from it. */
  #forgetBefore(atMs: number): void {
    while ((this.#samples[1]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) this.#samples.shift();
  }
}
