import { closeSync, readSync } from "node:fs";

// More than a channel holds. Answers are passed on as parts of such blocks, and a block that is nearly used up is left to them.
const BLOCK_BYTES = 512 << 10;
const LEAST_READ_BYTES = 64 << 10;
// What a child wrote before its end is in the channel, which holds less than this; others may go on writing for ever.
const MOST_READS = 16;
// A look that comes late lets a child wait whose requests are all answered; one that comes early finds little and costs the same.
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 8;
// A channel that is full makes its child wait too.
const BYTES_A_LOOK = 64 << 10;

export interface AnswerSource {
  /** How many answers are due: none are looked for while there are none. */
  readonly due: number;
  /** Whether more may be taken in for now. */
  mayReceive(): boolean;
  /** Some bytes have come, which are the receiver's. */
  receive(bytes: Buffer): void;
}

/**
 * The parent's end of a child's answers. They stay in the channel until this side looks, every few milliseconds, so that those
 * of many small documents cost one turn of the event loop and not one each; what a child wrote is there even when it has died
 * since. The pause between looks follows what came last: half of the documents asked for, or 64 KB of answers.
 */
export class AnswerChannel {
  readonly #descriptor: number;
  readonly #source: AnswerSource;
  #block = Buffer.allocUnsafeSlow(0);
  #used = 0;
  #timer: Timer | null = null;
  #pauseMs = SHORTEST_PAUSE_MS;
  #lookedAt = 0;
  #closed = false;

  constructor(descriptor: number, source: AnswerSource) {
    this.#descriptor = descriptor;
    this.#source = source;
  }

  /** Answers are due: looks for them until there are none. */
  expect(): void {
    if (this.#timer !== null || this.#closed) return;
    if (this.#lookedAt === 0) this.#lookedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#lookAndPace();
      if (this.#source.due > 0) this.expect();
      else this.#lookedAt = 0;
    }, this.#pauseMs);
  }

  /** Takes what is there, the last of it too when the child has ended. Returns how many bytes there were. */
  look(ended = false): number {
    let bytes = 0;
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      // Asked each time: what came may have closed this, or be as much as may wait.
      if (this.#closed || !(this.#source.mayReceive() || ended)) break;
      if (this.#block.length - this.#used < LEAST_READ_BYTES) {
        this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        this.#used = 0;
      }
      const room = this.#block.length - this.#used;
      const count = this.#read();
      if (count > 0) this.#source.receive(this.#block.subarray(this.#used, this.#used + count));
      this.#used += count;
      bytes += count;
      if (count < room) break;
    }
    return bytes;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    closeSync(this.#descriptor);
  }

  #lookAndPace(): void {
    const now = performance.now();
    const sinceMs = now - this.#lookedAt;
    this.#lookedAt = now;
    const due = this.#source.due;
    const bytes = this.look();
    const answers = due - this.#source.due;
    const share = Math.min(answers === 0 ? 2 : this.#source.due / 2 / answers, BYTES_A_LOOK / Math.max(bytes, 1));
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, sinceMs * Math.min(share, 2)));
  }

  #read(): number {
    try {
      return readSync(this.#descriptor, this.#block, this.#used, this.#block.length - this.#used, null);
    } catch (error) {
      // EAGAIN: nothing is there. Anything else ends the process, or is its end, which is told elsewhere.
      if (error instanceof Error && "code" in error) return 0;
      throw error;
    }
  }
}
