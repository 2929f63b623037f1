import type { LlmPace } from "@sluice/contracts";
import type { LlmReply } from "../servers/llm-server.ts";

// What a call takes that waits for no other of ours is what all later ones are held against.
const FIRST_LIMIT = 1;
// At twice the latency without a queue of ours, as many calls wait as are worked on: more only wait longer.
const TOO_SLOW = 2.3;
const FAST_ENOUGH = 1.7;
const LEAST_WINDOW = 4;
const BASE_LEARNING = 0.5;
const QUIET_WINDOWS_AFTER_REFUSAL = 4;

export interface PaceOptions {
  readonly model: string;
  readonly most: number;
  readonly now?: () => number;
  /** Told of every change of the limit. */
  readonly onChange?: (pace: LlmPace) => void;
}

/**
 * How many calls a server is sent at a time: additive increase, multiplicative decrease (Chiu and Jain 1989), by the ratio of the
 * latency to the one without a queue, as in TCP Vegas (Brakmo 1994) and in gradient limits of servers. After each window of as
 * many answers as calls may run, the limit goes up by one when it was used in full and the median latency is below `FAST_ENOUGH` of the
 * base (twofold until that has once not been so), and down by a quarter when it is above `TOO_SLOW`. A full queue, a time limit and a closed connection halve it, once in a window.
 *
 * The base is the least median there was. It goes down at once, and up only while one call runs at a time: what is slow then
 * is no queue of ours. So a server that has become slower for good is first sent less, then known anew.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #now: () => number;
  #limit: number;
  #inFlight = 0;
  #base: number | null = null;
  #median = 0;
  #window: number[] = [];
  #wasFull = false;
  #quiet = 0;
  /** Nothing has yet told it to stop. */
  #isOpening = true;
  /** Calls that began before it belong to a limit that is no more. */
  #changedAt = -Infinity;
  #reason: string | null = null;
  #changedTime: string | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#limit = Math.min(FIRST_LIMIT, options.most);
  }

  get state(): LlmPace {
    return {
      model: this.#options.model,
      limit: this.#limit,
      inFlight: this.#inFlight,
      latencyMs: Math.round(this.#median),
      changedAt: this.#changedTime,
      reason: this.#reason,
    };
  }

  /** Makes a call when there is room for it. Rejects when `signal` aborts while it waits. */
  async run<Reply extends LlmReply>(call: () => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
    const startedAt = await this.#enter(signal);
    try {
      const reply = await call();
      this.end(startedAt, reply.ok ? "ok" : reply.outcome);
      return reply;
    } catch (error) {
      this.end(startedAt, "aborted");
      throw error;
    }
  }

  get hasRoom(): boolean {
    return this.#inFlight < this.#limit;
  }

  /** When it began, for `end`. */
  begin(): number {
    this.#inFlight += 1;
    if (this.#inFlight >= this.#limit) this.#wasFull = true;
    return this.#now();
  }

  end(startedAt: number, outcome: "ok" | Exclude<LlmReply, { ok: true }>["outcome"]): void {
    this.#inFlight -= 1;
    if (outcome === "busy" || outcome === "timeout" || outcome === "unreachable") this.#refused(startedAt, outcome);
    // Refusals as too long, faults and calls given up say nothing of how fast it is.
    else if (outcome === "ok" && startedAt >= this.#changedAt) this.#answered(this.#now() - startedAt);
    this.#wake();
  }

  #answered(latencyMs: number): void {
    this.#window.push(latencyMs);
    if (this.#window.length < Math.max(LEAST_WINDOW, this.#limit)) return;
    const median = medianOf(this.#window);
    const wasFull = this.#wasFull;
    this.#startWindow();
    this.#median = median;
    if (this.#base === null || median < this.#base) this.#base = median;
    else if (this.#limit === 1) this.#base += BASE_LEARNING * (median - this.#base);
    if (this.#quiet > 0) this.#quiet -= 1;
    const ratio = median / Math.max(this.#base, 0.001);
    const measured = `${ratio.toFixed(1)} times the latency of ${Math.round(this.#base)} ms without a queue`;
    if (ratio >= FAST_ENOUGH) this.#isOpening = false;
    if (ratio > TOO_SLOW) this.#set(Math.min(this.#limit - 1, Math.floor(this.#limit * 0.75)), measured);
    else if (ratio < FAST_ENOUGH && wasFull && this.#quiet === 0) {
      this.#set(this.#isOpening ? this.#limit * 2 : this.#limit + 1, measured);
    }
  }

  #refused(startedAt: number, outcome: "busy" | "timeout" | "unreachable"): void {
    // The calls that were sent together with one that was refused are no news.
    if (startedAt < this.#changedAt) return;
    this.#quiet = QUIET_WINDOWS_AFTER_REFUSAL;
    this.#isOpening = false;
    const said = { busy: "its queue was full", timeout: "a call took too long", unreachable: "it did not answer" };
    this.#set(Math.floor(this.#limit / 2), said[outcome]);
  }

  #set(wanted: number, reason: string): void {
    const limit = Math.max(1, Math.min(wanted, this.#options.most));
    if (limit === this.#limit) return;
    this.#limit = limit;
    this.#reason = reason;
    this.#changedAt = this.#now();
    this.#changedTime = new Date().toISOString();
    this.#startWindow();
    this.#options.onChange?.(this.state);
  }

  #startWindow(): void {
    this.#window = [];
    this.#wasFull = this.#inFlight >= this.#limit;
  }

  /** Begins in the same step in which it finds room, or others would find it too. */
  async #enter(signal: AbortSignal): Promise<number> {
    while (!this.hasRoom) {
      signal.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      const stop = () => {
        this.#waiting.delete(resolve);
        resolve();
      };
      signal.addEventListener("abort", stop, { once: true });
      await promise;
      signal.removeEventListener("abort", stop);
    }
    signal.throwIfAborted();
    return this.begin();
  }

  /** Those that find no room after all wait anew; one that has given up is not among them. */
  #wake(): void {
    let free = this.#limit - this.#inFlight;
    for (const wake of this.#waiting) {
      if (free-- <= 0) return;
      this.#waiting.delete(wake);
      wake();
    }
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
