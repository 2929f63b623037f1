import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

export interface DeliveryBacklog {
  readonly pending: number;
  readonly oldestSeconds: number;
}

/** What waits to be delivered over all webhooks that are not disabled. */
export async function readBacklog({ sql }: Database): Promise<DeliveryBacklog> {
  try {
    const [row] = await sql<{ pending: number; oldest_seconds: number }[]>`
      select count(*) as pending,
             coalesce(extract(epoch from now() - min(created_at)), 0)::double precision as oldest_seconds
        from webhook_deliveries where state = 'pending'`;
    return { pending: row?.pending ?? 0, oldestSeconds: row?.oldest_seconds ?? 0 };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
