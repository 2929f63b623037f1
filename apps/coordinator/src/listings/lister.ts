import { AppError, ERROR_RULES, parseSource } from "@sluice/contracts";
import type { Quotas } from "../admission/quotas.ts";
import { SourceFault } from "@sluice/sources/source-fault";
import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { IntakeParts } from "../intake/append-items.ts";
import type { BackPressure } from "../intake/back-pressure.ts";
import { batchMayHold } from "../uploads/holds-upload.ts";
import { appendPage, ListingLost } from "./append-page.ts";
import { endListing, type ListingFault, postponeListing } from "./end-listing.ts";
import { listSource } from "./list-source.ts";
import type { SourceAccess } from "./source-access.ts";
import { SOURCE_TRIES, sourceBackOffMs } from "./source-back-off.ts";
import { type HeldListing, LEASE_SECONDS, renewListing, takeListing } from "./take-listing.ts";

/** Batches whose sources are listed at a time: listing is waiting for servers, and appending a page is short. */
const AT_A_TIME = 4;
const LOOK_EVERY_MS = 500;
const BUSY_REST_MS = 1_000;
const FAILED_REST_MS = 2_000;

export interface ListerParts extends IntakeParts {
  readonly access: SourceAccess;
  readonly backPressure: BackPressure;
  readonly quotas: Quotas;
  readonly logger: Logger;
  /** The first rest of a source that did not answer. */
  readonly sourceRetryMs: number;
  schemaNewer(): AppError | null;
  changed(batchId: string): void;
  batchDone(batchId: string): void;
}

/**
 * Lists the sources of batches that were opened with some, beside whatever else a coordinator does. Any coordinator may take
 * any listing, and go on where another one died: all that counts is the cursor in the database.
 */
export class Lister {
  readonly #parts: ListerParts;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #loop: BackgroundLoop;

  constructor(parts: ListerParts) {
    this.#parts = parts;
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
      await this.#list(listing, AbortSignal.any([lost.signal, this.#stop.signal]), log);
    } catch (error) {
      await this.#interrupted(listing, error, log).catch((failed: unknown) => this.#report(failed));
    } finally {
      clearInterval(renewal);
      changed(listing.batchId);
    }
  }

  async #list(listing: HeldListing, signal: AbortSignal, log: Logger): Promise<void> {
    const { access, backPressure, quotas, changed, database } = this.#parts;
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
      changed(listing.batchId);
      // A stop takes effect between two pages.
      signal.throwIfAborted();
    }
    await this.#end(listing, null);
    log.info({ items }, "a source was listed");
  }

  async #end(listing: HeldListing, fault: ListingFault | null): Promise<void> {
    const { database, batchDone } = this.#parts;
    const { done } = await endListing(database, listing, fault);
    if (done) batchDone(listing.batchId);
  }

  async #interrupted(listing: HeldListing, error: unknown, log: Logger): Promise<void> {
    const { database, sourceRetryMs } = this.#parts;
    const postpone = (afterMs: number, fault: ListingFault | null, isTry = false) =>
      postponeListing(database, listing, { afterMs, fault, isTry });
    if (error instanceof ListingLost) return;
    if (this.#stop.signal.aborted) return await postpone(0, null);
    // For as long as the fleet takes; the batch's status says so meanwhile.
    if (error instanceof AppError && (error.code === "BUSY" || error.code === "QUOTA_ITEMS")) {
      return await postpone(BUSY_REST_MS, { code: error.code, message: error.message });
    }
    // What the request itself is wrong about, such as an upload that is not here, waiting does not mend.
    const forGood =
      error instanceof SourceFault || (error instanceof AppError && ERROR_RULES[error.code].scope !== "system");
    if (!forGood) {
      await postpone(FAILED_REST_MS, null);
      throw error;
    }
    const fault = { code: error.code, message: error.message };
    if (ERROR_RULES[error.code].retryable && listing.tries + 1 < SOURCE_TRIES) {
      const afterMs = sourceBackOffMs(listing.tries, sourceRetryMs);
      log.warn({ ...fault, tries: listing.tries + 1, afterMs }, "a source does not answer; it is tried again");
      return await postpone(afterMs, fault, true);
    }
    log.warn(fault, "a source could not be listed");
    await this.#end(listing, fault).catch((lost: unknown) => {
      if (!(lost instanceof ListingLost)) throw lost;
    });
  }
}

/** Not even the names in an archive are for whoever knows its hash alone. */
async function refuseForeignUpload({ control }: Database, { batchId, source }: HeldListing): Promise<void> {
  const place = source.startsWith("upload:") ? parseSource(source)?.place : undefined;
  if (place?.scheme !== "upload") return;
  try {
    if (await batchMayHold(control, { batchId, contentHash: place.contentHash })) return;
  } catch (error) {
    throw translateDatabaseError(error);
  }
  throw new SourceFault("SOURCE_NOT_FOUND", "There is no such upload; it may have expired.");
}
