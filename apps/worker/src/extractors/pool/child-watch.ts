import type { ReadSettings } from "../child-request.ts";
import type { ExtractorChild } from "./extractor-child.ts";
import { MEMORY_WATCH_MS, residentMemory } from "./resident-memory.ts";

/**
 * Looks at the children at work and kills those past the time or memory of their document. One timer for all of them,
 * running only while one works. Nothing inside a child can be trusted to do this: native code may hold its only thread.
 */
export class ChildWatch {
  readonly #limits = new Map<ExtractorChild, { timeoutMs: number; memoryBytes: number }>();
  readonly #overdue = new WeakMap<ExtractorChild, number>();
  #timer: Timer | null = null;
  #looking = false;

  watch(child: ExtractorChild, settings: ReadSettings): void {
    this.#limits.set(child, {
      timeoutMs: settings.extract.documentTimeoutMs,
      memoryBytes: settings.extract.documentMemoryMb * (1 << 20),
    });
    this.#timer ??= setInterval(() => void this.#look(), MEMORY_WATCH_MS).unref();
  }

  unwatch(child: ExtractorChild): void {
    this.#limits.delete(child);
    if (this.#limits.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const busy = [...this.#limits.keys()].filter((child) => child.outstanding > 0);
      const resident = await residentMemory(busy.map((child) => child.pid));
      for (const child of busy) this.#judge(child, resident.get(child.pid));
    } finally {
      this.#looking = false;
    }
  }

  #judge(child: ExtractorChild, rssBytes: number | undefined): void {
    const limits = this.#limits.get(child);
    if (limits === undefined) return;
    if (rssBytes !== undefined) {
      child.rssBytes = rssBytes;
      child.peakRssBytes = Math.max(child.peakRssBytes, rssBytes);
      // A document is charged with what came on top of the empty process.
      if (rssBytes - child.readyRssBytes > limits.memoryBytes) child.kill("memory");
    }
    // Its answer may be there already.
    child.look();
    const current = child.current;
    if (current === null || performance.now() - current.since <= limits.timeoutMs) return;
    // Seen overdue twice: if this process was itself held up, the answer may be waiting in the pipe.
    if (this.#overdue.get(child) === current.ordinal) child.kill("timeout");
    else this.#overdue.set(child, current.ordinal);
  }
}
