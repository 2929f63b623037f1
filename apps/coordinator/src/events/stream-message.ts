import type { BatchStatus, EventsReset } from "@sluice/contracts";
import type { ToldEvent } from "./told-event.ts";

/** One event of an event stream. `id` is the position up to which everything was told when it was sent. */
export interface StreamMessage {
  readonly event: "change" | "status" | "reset";
  readonly id: number;
  readonly data: string;
}

export function changeMessage({ event, text }: ToldEvent): StreamMessage {
  return { event: "change", id: event.position, data: text };
}

export function resetMessage(position: number, batches: BatchStatus[]): StreamMessage {
  const reset: EventsReset = { type: "reset", position, batches };
  return { event: "reset", id: position, data: JSON.stringify(reset) };
}
