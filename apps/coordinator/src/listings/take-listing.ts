import { type SourceFilter, storedFilterSchema } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** A listing in this coordinator's hands. */
export interface HeldListing {
  /** This taking of it: one coordinator that takes it twice, because it was frozen, is two holders. */
  readonly holder: string;
  readonly batchId: string;
  readonly number: number;
  readonly source: string;
  readonly below: string;
  readonly cursor: unknown;
  readonly tries: number;
  readonly filter: SourceFilter;
  /** The token that opened the batch; null: nobody owns it. */
  readonly owner: string | null;
}

/** Without a renewal, others take a listing over after this long. */
export const LEASE_SECONDS = 15;

/**
 * Takes a listing that is due, of a batch of which nobody holds any: the first, so that its items have the order of its sources
 * as far as these answer. Null: there is none.
 */
export async function takeListing({ control }: Database): Promise<HeldListing | null> {
  const holder = Bun.randomUUIDv7();
  try {
    const { rows } = await control.query(
      `update listings l set holder = $1, leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
         from batches b
        where b.id = l.batch_id and (l.batch_id, l.number) = (
          select c.batch_id, c.number
            from batches o
           cross join lateral (
             select f.batch_id, f.number from listings f
              where f.batch_id = o.id and f.state = 'pending' and f.due_at <= now() order by f.number limit 1) first
            join listings c on c.batch_id = first.batch_id and c.number = first.number
           where o.lists_sources and o.state = 'open' and c.state = 'pending' and c.due_at <= now()
             and (c.leased_until is null or c.leased_until < now())
             and not exists (select 1 from listings h
                              where h.batch_id = o.id and h.state = 'pending' and h.leased_until >= now())
           order by c.due_at limit 1 for update of c skip locked)
        returning l.batch_id, l.number, l.source, l.below, l.cursor, l.tries, b.source_filter, b.created_by`,
      [holder],
    );
    const row = rows[0];
    if (row === undefined) return null;
    return {
      holder,
      batchId: row.batch_id,
      number: row.number,
      source: row.source,
      below: row.below,
      cursor: row.cursor,
      tries: row.tries,
      filter: storedFilterSchema.parse(row.source_filter ?? {}),
      owner: row.created_by,
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/**
 * Takes, under the same hold, up to `most` that are due behind one of a batch's listings, up to the first that is not `wanted`. To be
 * asked only by who holds some of that batch, which keeps others from it.
 */
export async function takeFollowing(
  { control }: Database,
  held: HeldListing,
  after: number,
  most: number,
  wanted: (listing: HeldListing) => boolean,
): Promise<HeldListing[]> {
  const { holder, batchId, filter, owner } = held;
  try {
    const { rows } = await control.query(
      `select number, source, below, cursor, tries from listings
        where batch_id = $1 and number > $2 and state = 'pending' and due_at <= now()
          and (leased_until is null or leased_until < now())
        order by number limit $3`,
      [batchId, after, most],
    );
    const following = rows.map((row): HeldListing => ({
      holder,
      batchId,
      filter,
      owner,
      ...(row as Omit<HeldListing, "holder" | "batchId" | "filter" | "owner">),
    }));
    const end = following.findIndex((listing) => !wanted(listing));
    const chosen = end === -1 ? following : following.slice(0, end);
    if (chosen.length === 0) return [];
    const { rows: taken } = await control.query(
      `update listings set holder = $3, leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
        where batch_id = $1 and number = any($2::int[]) and state = 'pending'
          and (leased_until is null or leased_until < now())
        returning number`,
      [batchId, chosen.map((listing) => listing.number), holder],
    );
    const numbers = new Set(taken.map((row) => row.number));
    return chosen.filter((listing) => numbers.has(listing.number));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** Of all that is held. False: somebody else has it, or its batch has ended. */
export async function renewListing({ control }: Database, { holder, batchId }: HeldListing): Promise<boolean> {
  try {
    const { rowCount } = await control.query(
      `update listings l set leased_until = now() + ${LEASE_SECONDS} * interval '1 second'
         from batches b
        where l.batch_id = $1 and l.holder = $2 and b.id = l.batch_id and b.state = 'open'`,
      [batchId, holder],
    );
    return rowCount !== null && rowCount > 0;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
