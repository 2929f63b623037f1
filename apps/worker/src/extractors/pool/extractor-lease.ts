import type { ShardItem } from "@sluice/contracts";
import type { ItemRequest, ReadSettings } from "../child-request.ts";
import type { ChildDeath, ExtractorChild, KillReason } from "./extractor-child.ts";
import { nameDeath } from "./name-death.ts";

// Requests sent ahead keep a child busy until its answers are looked at, and those of many small documents travel together.
// Only small documents are sent ahead, since their answers wait in this process.
const MAX_AHEAD = 32;
const MAX_AHEAD_BYTES = 4 << 20;

// A crash may be an earlier document's doing (a corrupted heap), so the document is tried once more in a fresh child.
const MAX_ATTEMPTS = 2;

/** One finished line of an item with the text behind it, as pieces. */
export interface ItemBytes {
  readonly ordinal: number;
  readonly cpuMicros: number;
  /** How long its extractor worked on it. */
  readonly elapsedMs: number;
  readonly line: readonly Uint8Array[];
}

export interface ChildSource {
  /** A child ready to work, not worn. Throws when none can be started. */
  take(settings: ReadSettings): Promise<ExtractorChild>;
  /** Takes a child back: alive and unused for the next lease, or to be let go. */
  giveBack(child: ExtractorChild): void;
  /** Whether this child should be replaced before its next document, or before the one that follows so many more. */
  isWorn(child: ExtractorChild, settings: ReadSettings, more?: number): boolean;
  watch(child: ExtractorChild, settings: ReadSettings): void;
}

/**
 * One slot of the pool, for the time of one shard. Reads items in order on one child at a time, and replaces a child
 * that dies, wears out or is killed: whatever happens to it costs the document it was reading and no other.
 */
export class ExtractorLease {
  readonly #source: ChildSource;
  readonly #reading: ExtractorChild["reading"];
  readonly #onRelease: () => void;
  #child: ExtractorChild | null = null;
  #released = false;
  #cancelled = false;
  childRestarts = 0;

  constructor(source: ChildSource, reading: ExtractorChild["reading"], onRelease: () => void) {
    this.#source = source;
    this.#reading = reading;
    this.#onRelease = onRelease;
  }

  /** What is being read at this moment. */
  get current(): { ordinal: number; sinceMs: number; pid: number } | null {
    const current = this.#child?.current ?? null;
    if (this.#child === null || current === null) return null;
    const sinceMs = Math.round(performance.now() - current.since);
    return { ordinal: current.ordinal, sinceMs, pid: this.#child.pid };
  }

  /** Yields one line an item, in order. Ends early only when cancelled; throws when no child can be had. */
  async *read(items: readonly ShardItem[], settings: ReadSettings): AsyncGenerator<ItemBytes> {
    const queue = new ItemQueue(items);
    const attempts = new Map<number, number>();
    while (!queue.empty && !this.#cancelled) {
      const child = await this.#childFor(settings, queue);
      if (this.#cancelled) return;
      // What has come together is passed on first, so that what follows it is asked for together as well.
      if (child.waiting === 0) this.#ask(child, queue, attempts, settings);
      const frame = await child.nextFrame();
      if (frame !== null) {
        queue.answered();
        const { ordinal, cpuMicros, elapsedMicros, payload } = frame;
        yield { ordinal, cpuMicros, elapsedMs: elapsedMicros / 1_000, line: payload };
        continue;
      }
      const death = await child.death;
      this.#child = null;
      this.#source.giveBack(child);
      if (this.#cancelled) return;
      this.childRestarts += 1;
      const failed = this.#judge(child, death, queue, attempts, settings);
      if (failed !== null) yield failed;
    }
  }

  /** Stops reading: a child at work is killed, `read` ends. */
  cancel(reason: Extract<KillReason, "cancelled" | "stopped">): void {
    this.#cancelled = true;
    if (this.#child !== null && this.#child.outstanding > 0) this.#child.kill(reason);
  }

  /** Gives the slot back, once. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#cancelled = true;
    if (this.#child !== null) this.#source.giveBack(this.#child);
    this.#child = null;
    this.#onRelease();
  }

  #ask(child: ExtractorChild, queue: ItemQueue, attempts: ReadonlyMap<number, number>, settings: ReadSettings): void {
    const requests: ItemRequest[] = [];
    // One at least: a child that was just taken is as fresh as it gets.
    while (
      (queue.inFlight === 0 || !this.#source.isWorn(child, settings, requests.length)) &&
      queue.mayAdvance(attempts)
    ) {
      const { ordinal, uri, fetchUrl, knownHashes } = queue.advance();
      requests.push({ op: "item", ordinal, uri, fetchUrl, knownHashes });
    }
    if (requests.length > 0) child.send(requests);
  }

  async #childFor(settings: ReadSettings, queue: ItemQueue): Promise<ExtractorChild> {
    let child = this.#child;
    // While it has something to answer it stays, whatever it is like.
    if (child !== null && queue.inFlight > 0) return child;
    if (child !== null && (!child.alive || this.#source.isWorn(child, settings))) {
      this.#source.giveBack(child);
      child = null;
    }
    child ??= await this.#source.take(settings);
    this.#child = child;
    child.reading = this.#reading;
    child.configure(settings);
    this.#source.watch(child, settings);
    return child;
  }

  #judge(
    child: ExtractorChild,
    death: ChildDeath,
    queue: ItemQueue,
    attempts: Map<number, number>,
    settings: ReadSettings,
  ): ItemBytes | null {
    const atFault = queue.rewind();
    // It died between documents, or ended itself after one that left it untrusted: the next one is not at fault.
    if (atFault === null || child.retired) return null;
    const tried = (attempts.get(atFault.ordinal) ?? 0) + 1;
    attempts.set(atFault.ordinal, tried);
    const named = nameDeath(death, {
      attempts: tried,
      documentTimeoutMs: settings.extract.documentTimeoutMs,
      documentMemoryMb: settings.extract.documentMemoryMb,
    });
    if (named.retryable && tried < MAX_ATTEMPTS) return null;
    queue.skip();
    const cpuMicros = Math.max(0, death.cpuMicros - child.cpuMicros);
    const line = {
      line: "item",
      ordinal: atFault.ordinal,
      outcome: "failed",
      code: named.code,
      message: named.message,
      evidence: named.evidence,
      cpuMs: cpuMicros / 1_000,
    };
    const { elapsedMs } = death;
    return { ordinal: atFault.ordinal, cpuMicros, elapsedMs, line: [Buffer.from(`${JSON.stringify(line)}\n`)] };
  }
}

/** The items of a shard: those answered, those sent and not answered, and those to come. */
class ItemQueue {
  readonly #items: readonly ShardItem[];
  #answered = 0;
  #sent = 0;
  #sentBytes = 0;

  constructor(items: readonly ShardItem[]) {
    this.#items = items;
  }

  get empty(): boolean {
    return this.#answered === this.#items.length;
  }

  get inFlight(): number {
    return this.#sent - this.#answered;
  }

  /** Whether one more may be sent before the first is answered. A document that has crashed a child is sent alone. */
  mayAdvance(attempts: ReadonlyMap<number, number>): boolean {
    const next = this.#items[this.#sent];
    if (next === undefined) return false;
    if (this.inFlight === 0) return true;
    const first = this.#items[this.#answered];
    if (first !== undefined && attempts.has(first.ordinal)) return false;
    return this.inFlight < MAX_AHEAD && this.#sentBytes + next.sizeBytes <= MAX_AHEAD_BYTES;
  }

  advance(): ShardItem {
    const item = this.#items[this.#sent];
    if (item === undefined) throw new RangeError("no item left to send");
    this.#sent += 1;
    this.#sentBytes += item.sizeBytes;
    return item;
  }

  answered(): void {
    this.#sentBytes -= this.#items[this.#answered]?.sizeBytes ?? 0;
    this.#answered += 1;
  }

  /** The child has died: what was sent is to be sent again. Gives the one it was reading. */
  rewind(): ShardItem | null {
    const atFault = this.inFlight > 0 ? (this.#items[this.#answered] ?? null) : null;
    this.#sent = this.#answered;
    this.#sentBytes = 0;
    return atFault;
  }

  skip(): void {
    this.#answered += 1;
    this.#sent = this.#answered;
  }
}
