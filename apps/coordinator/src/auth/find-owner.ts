import type { TokenRole } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { Caller } from "./token-store.ts";

/** The token that opened a batch, as a caller: its limits hold for what goes on in its name, also when it is revoked. */
export async function findOwner({ sql }: Database, tokenId: string): Promise<Caller | null> {
  try {
    const [row] = await sql<
      {
        role: TokenRole;
        requests_per_second: number | null;
        pending_items: number | null;
        open_batches: number | null;
        upload_bytes_per_day: number | null;
      }[]
    >`
      select role, requests_per_second, pending_items, open_batches, upload_bytes_per_day
        from tokens where id = ${tokenId}`;
    if (row === undefined) return null;
    const limits = {
      requestsPerSecond: row.requests_per_second,
      pendingItems: row.pending_items,
      openBatches: row.open_batches,
      uploadBytesPerDay: row.upload_bytes_per_day,
    };
    return { id: tokenId, role: row.role, tokenId, limits };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
