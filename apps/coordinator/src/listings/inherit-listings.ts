import type { Client } from "../db/database.ts";

/**
 * What a batch has yet to list becomes another one's, from where it stands: its cursor moves only with the items behind it, and
 * whoever holds a listing loses it with the old batch, which the caller has locked and ends. Returns whether there is any.
 */
export async function inheritListings(client: Client, from: string, to: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into listings (batch_id, number, source, below, cursor)
     select $2, number, source, below, cursor from listings where batch_id = $1 and state = 'pending'`,
    [from, to],
  );
  if (rowCount === 0) return false;
  await client.query(
    `update batches heir set lists_sources = true, source_filter = old.source_filter
       from batches old where old.id = $1 and heir.id = $2`,
    [from, to],
  );
  return true;
}
