import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type EventRow, type ToldEvent, toToldEvent } from "./told-event.ts";

/** Of which batch, and for whom; null: of all, for somebody who sees everything. */
export interface EventScope {
  readonly batchId: string | null;
  readonly visibleTo: string | null;
}

export interface EventPage {
  readonly events: ToldEvent[];
  /** Of the same moment: of what lies before it, none may be missed. */
  readonly forgotten: number;
}

/** Events behind a position, in order. */
export async function readEvents(
  { sql }: Database,
  { after, scope, limit }: { after: number; scope: EventScope; limit: number },
): Promise<EventPage> {
  const { batchId, visibleTo } = scope;
  const ofBatch = batchId === null ? sql`` : sql`and batch_id = ${batchId}`;
  const visible = visibleTo === null ? sql`` : sql`and (owner is null or owner = ${visibleTo})`;
  try {
    const rows = await sql<(EventRow & { forgotten: number })[]>`
      select s.forgotten, e.*
        from event_stream s
        left join lateral (
          select event_id, position, type, at, batch_id, name, state, owner, detail
            from batch_events
           where position > ${after} ${ofBatch} ${visible}
           order by position limit ${limit}) e on true
       order by e.position`;
    const events = rows.filter((row) => row.position !== null).map(toToldEvent);
    return { events, forgotten: rows[0]?.forgotten ?? 0 };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

export function isInScope({ event, owner }: ToldEvent, { batchId, visibleTo }: EventScope): boolean {
  if (batchId !== null && event.batchId !== batchId) return false;
  return visibleTo === null || owner === null || owner === visibleTo;
}
