import type { BatchEvent } from "@sluice/contracts";

/** An event that has its position. `text` is made once, for all who listen. */
export interface ToldEvent {
  readonly event: BatchEvent;
  readonly text: string;
  /** Whose batch it is; null: nobody's, which is everybody's. */
  readonly owner: string | null;
}

export interface EventRow {
  event_id: string;
  position: number;
  type: BatchEvent["type"];
  at: Date;
  batch_id: string;
  name: string | null;
  state: BatchEvent["state"];
  owner: string | null;
  detail: BatchEvent["detail"];
}

export function toToldEvent(row: EventRow): ToldEvent {
  const event: BatchEvent = {
    eventId: row.event_id,
    position: row.position,
    type: row.type,
    at: row.at.toISOString(),
    batchId: row.batch_id,
    name: row.name,
    state: row.state,
    detail: row.detail,
  };
  return { event, text: JSON.stringify(event), owner: row.owner };
}
