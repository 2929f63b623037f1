import type { Client, Database } from "../db/database.ts";
import { fanOut } from "./fan-out.ts";
import { type EventRow, type ToldEvent, toToldEvent } from "./told-event.ts";

const AT_A_TIME = 500;

/** How far the stream of events has come. */
export interface StreamState {
  readonly head: number;
  /** Events up to here are not kept any more. */
  readonly forgotten: number;
  /** There are events without a position. */
  readonly fresh: boolean;
}

/** Two index probes. */
export async function readStreamState({ sql }: Database): Promise<StreamState> {
  const [row] = await sql<{ last_position: number; forgotten: number; fresh: boolean }[]>`
    select last_position, forgotten, exists (select from batch_events where position is null) as fresh
      from event_stream`;
  if (row === undefined) throw new Error("The table event_stream has lost its row.");
  return { head: row.last_position, forgotten: row.forgotten, fresh: row.fresh };
}

/**
 * Gives committed events their positions, one coordinator at a time, and puts them before the webhooks they are for, in one
 * transaction: whoever sees a position sees all before it, and an event is told to a webhook if and only if it is told at all.
 * Returns those it has placed; there may be more.
 */
export async function placeEvents(database: Database): Promise<{ placed: ToldEvent[]; deliveries: number }> {
  return await database.transaction(async (client) => {
    await client.query("select from event_stream for update");
    const placed = await givePositions(client);
    return { placed, deliveries: placed.length === 0 ? 0 : await fanOut(client, placed) };
  });
}

async function givePositions(client: Client): Promise<ToldEvent[]> {
  const { rows } = await client.query<EventRow>(
    `with fresh as (
       select entry, row_number() over (order by entry) as place
         from (select entry from batch_events where position is null order by entry limit $1) e),
     stream as (
       update event_stream set last_position = last_position + (select count(*) from fresh)
       returning last_position - (select count(*) from fresh) as before)
     update batch_events e set position = stream.before + fresh.place
       from fresh, stream
      where e.entry = fresh.entry
     returning e.event_id, e.position, e.type, e.at, e.batch_id, e.name, e.state, e.owner, e.detail`,
    [AT_A_TIME],
  );
  return rows.map(toToldEvent).toSorted((left, right) => left.event.position - right.event.position);
}
