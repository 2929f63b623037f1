import { sourceMatcher } from "@sluice/sources/filter";
import type { Client } from "../db/database.ts";
import type { CounterChanges } from "../db/queries/change-counters.ts";
import type { IntakeParts } from "../intake/append-items.ts";
import { lockListings, sortPage, takeEntries } from "./append-page.ts";
import { sealWhenListed, storableMessage } from "./end-listing.ts";
import type { Verdict } from "./judge-fault.ts";
import type { ListedEntry } from "./listed-page.ts";
import type { HeldListing } from "./take-listing.ts";

/** What was found at a single source, or why nothing was. */
export interface SingleFound {
  readonly listing: HeldListing;
  readonly found: ListedEntry | Verdict;
}

export interface AppendedSingles {
  readonly accepted: number;
  /** The batch has ended by this. */
  readonly done: boolean;
}

/**
 * Takes single sources in, in the order that is given, in the transaction that ends their listings: whatever dies, each becomes one
 * item, or fails, or is tried again. With the last listing of a batch the batch is sealed. Throws ListingLost.
 */
export async function appendSingles(parts: IntakeParts, singles: readonly SingleFound[]): Promise<AppendedSingles> {
  const [first] = singles;
  if (first === undefined) return { accepted: 0, done: false };
  const { batchId, filter } = first.listing;
  const matcher = sourceMatcher(filter);
  const ended: EndedSingle[] = [];
  const taken: ListedEntry[] = [];
  for (const { listing, found } of singles) {
    const { number } = listing;
    if ("kind" in found) {
      ended.push({ number, state: found.kind === "failed" ? "failed" : "pending", filtered: 0, verdict: found });
      continue;
    }
    const sorted = await sortPage({ entries: [found], problems: [], cursor: null }, listing, matcher);
    taken.push(...sorted.taken);
    ended.push({ number, state: "done", filtered: sorted.filtered, verdict: null });
  }
  let stored: CounterChanges | null = null;
  const appended = await parts.database.transaction(async (client) => {
    const batch = await lockListings(
      client,
      first.listing,
      singles.map(({ listing }) => listing.number),
    );
    stored = await takeEntries(parts, client, batchId, batch, taken);
    await endSingles(client, batchId, ended);
    const { done } = await sealWhenListed(client, batchId);
    return { accepted: taken.length, done };
  });
  if (stored !== null) parts.metrics?.stored(stored);
  if (appended.accepted > 0) parts.wake();
  return appended;
}

interface EndedSingle {
  readonly number: number;
  readonly state: "done" | "failed" | "pending";
  readonly filtered: number;
  readonly verdict: Verdict | null;
}

async function endSingles(client: Client, batchId: string, ended: readonly EndedSingle[]): Promise<void> {
  const afterMs = ({ verdict }: EndedSingle) => (verdict?.kind === "later" ? Math.round(verdict.afterMs) : 0);
  await client.query(
    `update listings l
        set state = e.state, filtered = e.filtered, code = e.code, message = e.message, holder = null, leased_until = null,
            tries = l.tries + (e.state = 'pending' and e.code is not null)::int,
            cursor = case e.state when 'done' then '"all"'::jsonb end, due_at = now() + e.after_ms * interval '1 millisecond'
       from unnest($2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::float8[])
              as e (number, state, filtered, code, message, after_ms)
      where l.batch_id = $1 and l.number = e.number`,
    [
      batchId,
      ended.map((each) => each.number),
      ended.map((each) => each.state),
      ended.map((each) => each.filtered),
      ended.map(({ verdict }) => verdict?.fault?.code ?? null),
      ended.map(({ verdict }) => (verdict?.fault ? storableMessage(verdict.fault.message) : null)),
      ended.map(afterMs),
    ],
  );
}
