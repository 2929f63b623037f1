import { AppError } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import type { ReadSettings, SourcesRequest } from "../child-request.ts";
import { ChildWatch } from "./child-watch.ts";
import { ExtractorChild } from "./extractor-child.ts";
import { ExtractorLease } from "./extractor-lease.ts";
import { residentMemory } from "./resident-memory.ts";
import { spawnChild } from "./spawn-child.ts";

const START_TIMEOUT_MS = 30_000;
const START_TRIES = 3;
const START_BACK_OFF_MS = 200;
// A process in uninterruptible sleep does not die of SIGKILL; after this it counts as lost.
const REAP_TIMEOUT_MS = 5_000;

export interface PoolOptions {
  readonly slots: number;
  readonly extractor: string | null;
  readonly fileRoots: readonly string[];
  /** How sources on other machines are reached; without, they are not. */
  readonly sources?: Omit<SourcesRequest, "op">;
  /** A child is replaced after so many documents. */
  readonly recycleDocuments: number;
  /** A child whose resident memory between documents is above this is replaced. */
  readonly recycleRssMb: number;
  readonly logger: Logger;
  /** An extractor has ended, and why: a reason this side had, `crash`, or `recycled` after its fair share. */
  readonly onEnd?: (cause: EndCause) => void;
  /** How a child is killed, and how long it may take to be gone. */
  readonly kill?: (pid: number) => void;
  readonly reapTimeoutMs?: number;
}

export const END_CAUSES = ["timeout", "memory", "garbage", "cancelled", "stopped", "crash", "recycled"] as const;
export type EndCause = (typeof END_CAUSES)[number];

/**
 * The extractor children of a worker, as slots. A slot is held by one lease for the time of one shard; its child is
 * started when it is first needed and kept for the next lease. A child that cannot be killed keeps its slot until the
 * kernel lets it go, so there are never more such processes than slots.
 */
export class ExtractorPool {
  readonly #options: PoolOptions;
  readonly #watch = new ChildWatch();
  readonly #children = new Set<ExtractorChild>();
  readonly #idle: ExtractorChild[] = [];
  readonly #leases = new Set<ExtractorLease>();
  #lost = 0;
  #started = 0;
  #engineVersion: string | null = null;
  #stopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Starts the first child, which tells what engine this is. Throws ADDON_MISSING or START_FAILED. */
  async start(): Promise<string> {
    const child = await this.#startSurely();
    this.#giveBack(child);
    if (this.#engineVersion === null)
      throw new AppError("INTERNAL", "An extractor was ready without an engine version.");
    return this.#engineVersion;
  }

  get stats(): { slots: number; busy: number; lost: number; children: number; childrenStarted: number } {
    return {
      slots: this.#options.slots,
      busy: this.#leases.size,
      lost: this.#lost,
      children: this.#children.size,
      childrenStarted: this.#started,
    };
  }

  /** Resident memory of all extractors, as last seen. */
  get residentBytes(): number {
    return [...this.#children].reduce((sum, child) => sum + child.rssBytes, 0);
  }

  /**
   * Whether an extractor answers: an idle one is asked, and when there is none and a slot is free, one is started. While
   * every slot works, their own watch judges them. Null when all is well, else what is wrong.
   */
  async probe(timeoutMs: number): Promise<string | null> {
    if (this.#leases.size + this.#lost >= this.#options.slots) return null;
    try {
      const child = this.#idle.pop() ?? (await this.#startChild());
      const answered = await child.ping(timeoutMs);
      // A shard that came meanwhile has started its own: kept would be one too many.
      if (answered && this.#idle.length + this.#leases.size >= this.#options.slots) child.dismiss();
      else this.#giveBack(child);
      return answered ? null : "an idle extractor did not answer";
    } catch (error) {
      return error instanceof AppError ? error.code : "an extractor does not start";
    }
  }

  /** A free slot, or null. The caller must `release` it. `reading` goes into the log with what happens to its extractors. */
  acquire(reading: ExtractorChild["reading"] = null): ExtractorLease | null {
    if (this.#stopped || this.#leases.size + this.#lost >= this.#options.slots) return null;
    const lease = new ExtractorLease(
      {
        take: (settings) => this.#take(settings),
        giveBack: (child) => this.#giveBack(child),
        isWorn: (child, settings, more) => this.#isWorn(child, settings, more),
        watch: (child, settings) => this.#watch.watch(child, settings),
      },
      reading,
      () => this.#leases.delete(lease),
    );
    this.#leases.add(lease);
    return lease;
  }

  /** Ends every child, the working ones at once. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const lease of this.#leases) lease.cancel("stopped");
    const children = [...this.#children];
    for (const child of children) child.dismiss();
    await Promise.all(children.map((child) => child.death));
  }

  async #take(settings: ReadSettings): Promise<ExtractorChild> {
    for (let child = this.#idle.pop(); child !== undefined; child = this.#idle.pop()) {
      if (!child.alive) continue;
      if (!this.#isWorn(child, settings)) return child;
      child.dismiss();
    }
    return await this.#startSurely();
  }

  async #startSurely(): Promise<ExtractorChild> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#startChild();
      } catch (error) {
        const hopeless =
          error instanceof AppError && (error.code === "ADDON_MISSING" || error.code === "ENGINE_MISMATCH");
        const last = hopeless || tries === START_TRIES || this.#stopped;
        this.#options.logger[last ? "error" : "warn"]({ err: error, tries }, "an extractor did not start");
        if (last) throw error;
        await Bun.sleep(START_BACK_OFF_MS * tries);
      }
    }
  }

  async #startChild(): Promise<ExtractorChild> {
    if (this.#stopped) throw new AppError("SHUTTING_DOWN", "This worker is stopping.");
    // Every lost child may have been replaced once; more than that would fill the machine with them.
    if (this.#children.size >= this.#options.slots * 2) {
      throw new AppError("BUSY", `${this.#lost} extractors could not be killed; no other is started beside them.`);
    }
    const { extractor, fileRoots, sources } = this.#options;
    const child = new ExtractorChild(spawnChild({ extractor, fileRoots, parentPid: process.pid }, undefined, sources), {
      kill: this.#options.kill ?? sendSigkill,
      reapTimeoutMs: this.#options.reapTimeoutMs ?? REAP_TIMEOUT_MS,
    });
    this.#children.add(child);
    this.#started += 1;
    void this.#bury(child);
    const timer = setTimeout(() => child.kill("timeout"), START_TIMEOUT_MS);
    try {
      const version = await child.ready;
      this.#engineVersion ??= version;
      if (version !== this.#engineVersion) {
        child.dismiss();
        throw new AppError(
          "ENGINE_MISMATCH",
          `The engine on disk is ${version} now, and was ${this.#engineVersion} when this worker started; restart it.`,
        );
      }
    } finally {
      clearTimeout(timer);
    }
    child.readyRssBytes = (await residentMemory([child.pid])).get(child.pid) ?? 0;
    child.rssBytes = child.readyRssBytes;
    child.peakRssBytes = child.readyRssBytes;
    return child;
  }

  async #bury(child: ExtractorChild): Promise<void> {
    const death = await child.death;
    this.#watch.unwatch(child);
    const at = this.#idle.indexOf(child);
    if (at >= 0) this.#idle.splice(at, 1);
    const { reason, exitCode, signal } = death;
    this.#options.onEnd?.(reason ?? (child.retired ? "recycled" : "crash"));
    if (!child.retired || !death.reaped) {
      // A document's doing or a shard's end, which are no fault of this worker; one that stays is.
      this.#options.logger[death.reaped ? "info" : "warn"](
        { ...child.reading, pid: child.pid, reason, exitCode, signal, reaped: death.reaped },
        "an extractor died",
      );
    }
    if (!death.reaped) {
      this.#lost += 1;
      await child.reaped();
      this.#lost -= 1;
      this.#options.logger.info({ pid: child.pid }, "a lost extractor has ended after all");
    }
    this.#children.delete(child);
  }

  #giveBack(child: ExtractorChild): void {
    this.#watch.unwatch(child);
    if (!child.alive) return;
    if (child.outstanding === 0) child.reading = null;
    if (child.outstanding > 0) child.kill("cancelled");
    else if (child.retired || this.#stopped || this.#wornOut(child)) child.dismiss();
    else this.#idle.push(child);
  }

  #isWorn(child: ExtractorChild, settings: ReadSettings, more = 0): boolean {
    // Memory that earlier documents left behind must not be held against the next one.
    const leftBehind = child.rssBytes - child.readyRssBytes;
    return child.retired || this.#wornOut(child, more) || leftBehind > settings.extract.documentMemoryMb * (1 << 19);
  }

  #wornOut(child: ExtractorChild, more = 0): boolean {
    const documents = child.documentsSent + more;
    // A fresh child is never worn, or a mark set too low would keep anything from being read.
    if (documents === 0) return false;
    const { recycleDocuments, recycleRssMb } = this.#options;
    return documents >= recycleDocuments || child.rssBytes > recycleRssMb * (1 << 20);
  }
}

function sendSigkill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}
