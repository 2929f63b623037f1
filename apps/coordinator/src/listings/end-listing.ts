import type { Client, Database } from "../db/database.ts";
import { sealInTransaction } from "../intake/seal-batch.ts";
import { findNextOrdinal } from "../intake/append-items.ts";
import { lockListings } from "./append-page.ts";
import type { ListingFault } from "./judge-fault.ts";
import type { HeldListing } from "./take-listing.ts";

/**
 * Ends a listing, with `fault` when it could not be brought to its end. With the last one of a batch the batch is sealed, in the
 * same transaction: what was found is all there will be, and its status says what is missing. Returns whether the batch is done by this.
 */
export async function endListing(
  database: Database,
  listing: HeldListing,
  fault: ListingFault | null,
): Promise<{ sealed: boolean; done: boolean }> {
  return await database.transaction(async (client) => {
    await lockListings(client, listing, [listing.number]);
    await client.query(
      `update listings set state = $3, code = $4, message = $5, holder = null, leased_until = null
        where batch_id = $1 and number = $2`,
      [
        listing.batchId,
        listing.number,
        fault === null ? "done" : "failed",
        fault?.code ?? null,
        fault === null ? null : storableMessage(fault.message),
      ],
    );
    return await sealWhenListed(client, listing.batchId);
  });
}

/** Of a batch that the caller has locked. */
export async function sealWhenListed(client: Client, batchId: string): Promise<{ sealed: boolean; done: boolean }> {
  if (await anyPending(client, batchId)) return { sealed: false, done: false };
  const items = await findNextOrdinal(client, batchId);
  return { sealed: true, done: await sealInTransaction(client, batchId, items) };
}

/** Gives back what is held, to be gone on with after so long; with what keeps it, for its status; `isTry` where that is its source's fault. */
export async function postponeListing(
  database: Database,
  listing: HeldListing,
  { afterMs, fault, isTry }: { afterMs: number; fault: ListingFault | null; isTry: boolean },
): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(
      `update listings set holder = null, leased_until = null, due_at = now() + $3 * interval '1 millisecond',
              tries = tries + $6::boolean::int, code = $4, message = $5
        where batch_id = $1 and holder = $2 and state = 'pending'`,
      [
        listing.batchId,
        listing.holder,
        Math.round(afterMs),
        fault?.code ?? null,
        fault === null ? null : storableMessage(fault.message),
        isTry,
      ],
    );
  });
}

async function anyPending(client: Client, batchId: string): Promise<boolean> {
  const { rowCount } = await client.query("select 1 from listings where batch_id = $1 and state = 'pending' limit 1", [
    batchId,
  ]);
  return rowCount === 1;
}

export function storableMessage(message: string): string {
  return message.slice(0, 500).replaceAll("\0", "\ufffd").toWellFormed();
}
