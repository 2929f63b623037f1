import type { AppError } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import { appendPage, ListingLost } from "./append-page.ts";
import { endListing, postponeListing } from "./end-listing.ts";
import { HostTurns } from "./host-turns.ts";
import { judgeFault, type ListingFault } from "./judge-fault.ts";
import { listSingles, type SinglesParts } from "./list-singles.ts";
import { listSource } from "./list-source.ts";
import { refuseForeignUpload } from "./refuse-foreign-upload.ts";
import { singleSource } from "./single-source.ts";
import { type HeldListing, LEASE_SECONDS, renewListing, takeListing } from "./take-listing.ts";

/** Batches whose sources are listed at a time: listing is waiting for servers, and appending a page is short. */
const AT_A_TIME = 4;
const LOOK_EVERY_MS = 500;

export interface ListerParts extends Omit<SinglesParts, "hosts"> {
  readonly logger: Logger;
  schemaNewer(): AppError | null;
}

/**
 * Lists the sources of batches that were opened with some, beside whatever else a coordinator does. Any coordinator may take
 * any listing, and go on where another one died: all that counts is the cursor in the database.
 */
export class Lister {
  readonly #parts: ListerParts & SinglesParts;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #loop: BackgroundLoop;

  constructor(parts: ListerParts) {
    this.#parts = { ...parts, hosts: new HostTurns() };
    this.#loop = new BackgroundLoop({
      name: "listing",
      everyMs: LOOK_EVERY_MS,
      apartMs: 0,
      logger: parts.logger,
      step: async (stopping) => {
        let took = true;
        while (took && !stopping.aborted) took = await this.#takeOne();
        return LOOK_EVERY_MS;
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** There may be something to list, or room for it. */
  wake(): void {
    this.#loop.wake();
  }

  /** Ends after the pages in hand; the listings are anybody's then. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop.stop();
    await Promise.all(this.#running);
  }

  /** False: there is nothing to list, or no room. */
  async #takeOne(): Promise<boolean> {
    const { database, schemaNewer } = this.#parts;
    if (this.#running.size >= AT_A_TIME || schemaNewer() !== null) return false;
    try {
      const listing = await takeListing(database);
      if (listing === null) return false;
      const run = this.#run(listing).finally(() => {
        this.#running.delete(run);
        this.wake();
      });
      this.#running.add(run);
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    }
  }

  #report(error: unknown): void {
    this.#parts.metrics.loopFailed("listing");
    this.#parts.logger.warn({ loop: "listing", err: error }, "a listing was interrupted; it goes on later");
  }

  async #run(listing: HeldListing): Promise<void> {
    const { database, logger, changed } = this.#parts;
    const log = logger.child({ batchId: listing.batchId, source: listing.number });
    const lost = new AbortController();
    const renew = async () => {
      // While the database is away, the page's own transaction will say whose the listing is.
      const held = await renewListing(database, listing).catch(() => true);
      if (!held) lost.abort(new ListingLost());
    };
    const renewal = setInterval(() => void renew(), (LEASE_SECONDS * 1_000) / 3);
    try {
      const signal = AbortSignal.any([lost.signal, this.#stop.signal]);
      if (singleSource(listing) === null) await this.#list(listing, signal, log);
      else await listSingles(this.#parts, listing, signal, log);
    } catch (error) {
      await this.#interrupted(listing, error, log).catch((failed: unknown) => this.#report(failed));
    } finally {
      clearInterval(renewal);
      changed(listing.batchId);
    }
  }

  async #list(listing: HeldListing, signal: AbortSignal, log: Logger): Promise<void> {
    const { access, backPressure, quotas, changed, database, metrics } = this.#parts;
    const { source, below, cursor, filter, owner } = listing;
    await refuseForeignUpload(database, listing);
    const task = { source, below, cursor, expandArchives: filter.expandArchives !== false };
    let items = 0;
    for await (const page of listSource(access, task, signal)) {
      const { accepted } = await backPressure.admit(listing.batchId, async () => {
        await quotas.admitListed(owner);
        return await appendPage(this.#parts, listing, page);
      });
      quotas.itemsCame(owner);
      items += accepted;
      metrics.pageListed(accepted);
      changed(listing.batchId);
      // A stop takes effect between two pages.
      signal.throwIfAborted();
    }
    await this.#end(listing, null);
    log.info({ items }, "a source was listed");
  }

  async #end(listing: HeldListing, fault: ListingFault | null): Promise<void> {
    const { database, batchDone, metrics } = this.#parts;
    const { done } = await endListing(database, listing, fault);
    metrics.listingEnded(fault === null ? "done" : "failed");
    if (done) batchDone(listing.batchId);
  }

  async #interrupted(listing: HeldListing, error: unknown, log: Logger): Promise<void> {
    const { database, sourceRetryMs, metrics } = this.#parts;
    const postpone = (afterMs: number, fault: ListingFault | null, isTry = false) =>
      postponeListing(database, listing, { afterMs, fault, isTry });
    if (error instanceof ListingLost) return;
    if (this.#stop.signal.aborted) return await postpone(0, null);
    const { expected, ...verdict } = judgeFault(error, { tries: listing.tries, sourceRetryMs });
    if (verdict.kind === "later") {
      const { afterMs, fault, isTry } = verdict;
      if (isTry) {
        metrics.listingPutOff();
        log.warn({ ...fault, tries: listing.tries + 1, afterMs }, "a source does not answer; it is tried again");
      }
      await postpone(afterMs, fault, isTry);
      if (!expected) throw error;
      return;
    }
    log.warn(verdict.fault, "a source could not be listed");
    await this.#end(listing, verdict.fault).catch((lost: unknown) => {
      if (!(lost instanceof ListingLost)) throw lost;
    });
  }
}
