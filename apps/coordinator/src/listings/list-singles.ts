import { AppError, type ParsedSource } from "@sluice/contracts";
import type { Quotas } from "../admission/quotas.ts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import type { IntakeParts } from "../intake/append-items.ts";
import type { BackPressure } from "../intake/back-pressure.ts";
import { appendSingles, type SingleFound } from "./append-singles.ts";
import type { HostTurns } from "./host-turns.ts";
import { judgeFault } from "./judge-fault.ts";
import { lookUpSingle } from "./look-up-single.ts";
import { refuseForeignUpload } from "./refuse-foreign-upload.ts";
import { singleSource } from "./single-source.ts";
import type { SourceAccess } from "./source-access.ts";
import { type HeldListing, takeFollowing } from "./take-listing.ts";

/** Sources of one batch that are looked at together: what a killed coordinator has asked for in vain. */
const IN_HAND = 256;
/** Those that are found wait so long for the ones before them, so that items have the order of their sources. */
const PATIENCE_MS = 2_000;
const BUSY_REST_MS = 1_000;

export interface ListingMetrics {
  pageListed(items: number): void;
  listingEnded(outcome: "done" | "failed"): void;
  listingPutOff(): void;
  loopFailed(loop: "listing"): void;
}

export interface SinglesParts extends IntakeParts {
  readonly metrics: NonNullable<IntakeParts["metrics"]> & ListingMetrics;
  readonly access: SourceAccess;
  readonly hosts: HostTurns;
  readonly backPressure: BackPressure;
  readonly quotas: Quotas;
  readonly sourceRetryMs: number;
  changed(batchId: string): void;
  batchDone(batchId: string): void;
}

interface Looking {
  readonly listing: HeldListing;
  found: SingleFound["found"] | null;
  /** Never rejects. */
  readonly ended: Promise<void>;
}

/**
 * Single sources of a batch from one that is held on, up to one that is none, looked up many at a time. Each is taken in by itself:
 * one that does not answer is tried again later, and holds up none behind it. Throws ListingLost, or what `signal` is aborted with.
 */
export async function listSingles(
  parts: SinglesParts,
  first: HeldListing,
  signal: AbortSignal,
  log: Logger,
): Promise<void> {
  const inHand: Looking[] = [];
  const counts = { sources: 0, items: 0 };
  let last = first.number;
  let more = true;
  const add = (listing: HeldListing, parsed: ParsedSource) => {
    last = listing.number;
    inHand.push(look(parts, listing, parsed, signal, log));
  };
  const parsed = singleSource(first);
  if (parsed !== null) add(first, parsed);
  while (inHand.length > 0) {
    if (more && inHand.length <= IN_HAND / 2) {
      const most = IN_HAND - inHand.length;
      const following = await takeFollowing(parts.database, first, last, most, (each) => singleSource(each) !== null);
      for (const listing of following) {
        const source = singleSource(listing);
        if (source !== null) add(listing, source);
      }
      more = following.length === most;
    }
    await someEnded(inHand);
    signal.throwIfAborted();
    const ended = inHand.flatMap(({ listing, found }) => (found === null ? [] : [{ listing, found }]));
    const { accepted, done } = await whenThereIsRoom(signal, () =>
      parts.backPressure.admit(first.batchId, async () => {
        await parts.quotas.admitListed(first.owner);
        return await appendSingles(parts, ended);
      }),
    );
    parts.quotas.itemsCame(first.owner);
    countEnded(parts.metrics, ended, accepted);
    counts.sources += ended.length;
    counts.items += accepted;
    const taken = new Set(ended.map(({ listing }) => listing.number));
    inHand.splice(0, inHand.length, ...inHand.filter(({ listing }) => !taken.has(listing.number)));
    parts.changed(first.batchId);
    if (done) parts.batchDone(first.batchId);
  }
  log.info(counts, "sources were looked up");
}

function countEnded(metrics: ListingMetrics, ended: readonly SingleFound[], accepted: number): void {
  metrics.pageListed(accepted);
  for (const { found } of ended) {
    if (!("kind" in found)) metrics.listingEnded("done");
    else if (found.kind === "failed") metrics.listingEnded("failed");
    else if (found.isTry) metrics.listingPutOff();
  }
}

function look(
  { access, database, hosts, sourceRetryMs }: SinglesParts,
  listing: HeldListing,
  parsed: ParsedSource,
  signal: AbortSignal,
  log: Logger,
): Looking {
  const run = async () => {
    try {
      await refuseForeignUpload(database, listing);
      looking.found = await lookUpSingle(access, hosts, parsed, signal);
    } catch (error) {
      // Whoever goes on looks at it again.
      if (signal.aborted) return;
      const { expected, ...verdict } = judgeFault(error, { tries: listing.tries, sourceRetryMs });
      if (!expected) log.warn({ err: error, number: listing.number }, "a source could not be looked up; it is later");
      looking.found = verdict;
    }
  };
  const started = Promise.withResolvers<void>();
  const looking: Looking = { listing, found: null, ended: started.promise.then(run) };
  started.resolve();
  return looking;
}

async function someEnded(inHand: readonly Looking[]): Promise<void> {
  const patience = new AbortController();
  const all = Promise.all(inHand.map(({ ended }) => ended));
  await Promise.race([all, waitOrAbort(PATIENCE_MS, patience.signal)]);
  patience.abort();
  if (inHand.every(({ found }) => found === null)) await Promise.race(inHand.map(({ ended }) => ended));
}

/** What was found is kept meanwhile: servers are not asked again because this one is full. */
async function whenThereIsRoom<Result>(signal: AbortSignal, append: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "BUSY") throw error;
      await waitOrAbort(BUSY_REST_MS, signal);
      signal.throwIfAborted();
    }
  }
}
