import type { ErrorCode } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { sealInTransaction } from "../intake/seal-batch.ts";
import { findNextOrdinal } from "../intake/append-items.ts";
import { lockListing } from "./append-page.ts";
import type { HeldListing } from "./take-listing.ts";

export interface ListingFault {
  readonly code: ErrorCode;
  readonly message: string;
}

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
    await lockListing(client, listing);
    await client.query(
      `update listings set state = $3, code = $4, message = $5, holder = null, leased_until = null
        where batch_id = $1 and number = $2`,
      [
        listing.batchId,
        listing.number,
        fault === null ? "done" : "failed",
        fault?.code ?? null,
        fault === null ? null : storable(fault.message),
      ],
    );
    if (await anyPending(client, listing.batchId)) return { sealed: false, done: false };
    const items = await findNextOrdinal(client, listing.batchId);
    return { sealed: true, done: await sealInTransaction(client, listing.batchId, items) };
  });
}

/** Gives a listing back, to be gone on with after so long; with what keeps it, for its status; `isTry` where that is its source's fault. */
export async function postponeListing(
  database: Database,
  listing: HeldListing,
  { afterMs, fault, isTry }: { afterMs: number; fault: ListingFault | null; isTry: boolean },
): Promise<void> {
  await database.transaction(async (client) => {
    await client.query(
      `update listings set holder = null, leased_until = null, due_at = now() + $4 * interval '1 millisecond',
              tries = tries + $7::boolean::int, code = $5, message = $6
        where batch_id = $1 and number = $2 and holder = $3 and state = 'pending'`,
      [
        listing.batchId,
        listing.number,
        listing.holder,
        Math.round(afterMs),
        fault?.code ?? null,
        fault === null ? null : storable(fault.message),
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

function storable(message: string): string {
  return message.slice(0, 500).replaceAll("\0", "\ufffd").toWellFormed();
}
