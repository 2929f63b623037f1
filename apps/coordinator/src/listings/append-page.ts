import { setImmediate } from "node:timers/promises";
import { AppError, type ItemSubmission } from "@sluice/contracts";
import { archiveKind } from "@sluice/sources/archives";
import { type SourceMatcher, sourceMatcher } from "@sluice/sources/filter";
import type { Client } from "../db/database.ts";
import type { CounterChanges } from "../db/queries/change-counters.ts";
import { lockBatch, type LockedBatch } from "../db/queries/lock-batch.ts";
import { findNextOrdinal, type IntakeParts, takeItems } from "../intake/append-items.ts";
import { insertListings, type NewListing } from "./add-sources.ts";
import type { ListedEntry, ListedPage } from "./listed-page.ts";
import { type HeldListing, LEASE_SECONDS } from "./take-listing.ts";

/** The listing is somebody else's by now, or its batch has ended: what was listed is theirs, or nobody's. */
export class ListingLost extends Error {}

const MAX_NAME_BYTES = 16_384;
const KEPT_PROBLEMS = 20;
const AT_A_STRETCH_MS = 10;

/**
 * Takes a page of a listing in, in the transaction that moves its cursor: whatever dies, and whoever goes on, each entry
 * becomes one item. Archives that are found become listings of their own, behind the others. Throws ListingLost.
 */
export async function appendPage(
  parts: IntakeParts,
  listing: HeldListing,
  page: ListedPage,
): Promise<{ accepted: number }> {
  const matcher = sourceMatcher(listing.filter);
  // Before anything is locked: what a pattern takes is its author's to say.
  const { taken, archives, filtered, problems } = await sortPage(page, listing, matcher);
  let stored: CounterChanges | null = null;
  const accepted = await parts.database.transaction(async (client) => {
    const batch = await lockListings(client, listing, [listing.number]);
    stored = await takeEntries(parts, client, listing.batchId, batch, taken);
    await insertListings(client, listing.batchId, archives);
    await client.query(
      `update listings
          set cursor = $3, filtered = filtered + $4, problem_count = problem_count + $5,
              problems = case when jsonb_array_length(problems) < ${KEPT_PROBLEMS} then problems || $6::jsonb else problems end,
              tries = 0, code = null, message = null,
              leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
        where batch_id = $1 and number = $2`,
      [
        listing.batchId,
        listing.number,
        JSON.stringify(page.cursor),
        filtered,
        problems.length,
        JSON.stringify(problems.slice(0, KEPT_PROBLEMS)),
      ],
    );
    return taken.length;
  });
  if (stored !== null) parts.metrics?.stored(stored);
  if (accepted > 0) parts.wake();
  return { accepted };
}

/** Behind the items that the batch, which the caller has locked, has already. */
export async function takeEntries(
  parts: IntakeParts,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  entries: readonly ListedEntry[],
): Promise<CounterChanges | null> {
  if (entries.length === 0) return null;
  const next = await findNextOrdinal(client, batchId);
  const items: ItemSubmission[] = entries.map(({ uri, sizeBytes, sourceVersion }, index) => ({
    ordinal: next + index,
    uri,
    sizeBytes,
    sourceVersion,
  }));
  return await takeItems(parts, client, batchId, batch, items);
}

/** The batch first, as everywhere. All of the listings are the holder's, or ListingLost. */
export async function lockListings(
  client: Client,
  { batchId, holder }: Pick<HeldListing, "batchId" | "holder">,
  numbers: readonly number[],
): Promise<LockedBatch> {
  const batch = await lockBatch(client, batchId, "append").catch((error: unknown) => {
    if (error instanceof AppError && error.code === "NOT_FOUND") throw new ListingLost();
    throw error;
  });
  const { rowCount } = await client.query(
    `select 1 from listings
      where batch_id = $1 and number = any($2::int[]) and holder = $3 and state = 'pending' order by number for update`,
    [batchId, numbers, holder],
  );
  if (batch.state !== "open" || rowCount !== numbers.length) throw new ListingLost();
  return batch;
}

export interface SortedPage {
  readonly taken: ListedEntry[];
  readonly archives: NewListing[];
  filtered: number;
  readonly problems: ListedPage["problems"][number][];
}

/** What of a page becomes items, and what listings of their own. Requests are answered meanwhile. */
export async function sortPage(
  page: ListedPage,
  { source, below, filter }: HeldListing,
  matches: SourceMatcher,
): Promise<SortedPage> {
  const excluded = sourceMatcher({ exclude: filter.exclude });
  const sorted: SortedPage = { taken: [], archives: [], filtered: 0, problems: page.problems.map(storable) };
  let since = performance.now();
  for (const entry of page.entries) {
    if (performance.now() - since > AT_A_STRETCH_MS) {
      await setImmediate();
      since = performance.now();
    }
    const { uri, path, sizeBytes } = entry;
    const isMember = uri.includes("#/");
    if (uri.length > MAX_NAME_BYTES) {
      const message = "Its name is longer than an item's may be.";
      sorted.problems.push({ uri: uri.slice(0, 1_000), code: "SOURCE_UNREADABLE", message });
    } else if (!isMember && filter.expandArchives !== false && uri !== source && archiveKind(path) !== null) {
      // Its members are judged, not its name: `*.pdf` is meant for them too.
      if (excluded(path, sizeBytes))
        sorted.archives.push({ source: uri, below: below === "" ? path : `${below}/${path}` });
      else sorted.filtered += 1;
    } else if (matches(path, sizeBytes)) sorted.taken.push(entry);
    else sorted.filtered += 1;
  }
  return sorted;
}

function storable({ uri, code, message }: ListedPage["problems"][number]): ListedPage["problems"][number] {
  const clean = (text: string, most: number) => text.slice(0, most).replaceAll("\0", "\ufffd").toWellFormed();
  return { uri: clean(uri, 1_000), code, message: clean(message, 500) };
}
