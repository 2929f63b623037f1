import type { Database } from "../db/database.ts";
import { News } from "./news.ts";
import { placeEvents, readStreamState } from "./place-events.ts";
import { type EventPage, type EventScope, isInScope, readEvents } from "./read-events.ts";
import type { ToldEvent } from "./told-event.ts";

// What somebody is behind by who reads at all; more than that is read from the database.
const REMEMBERED = 2_000;
const PAGE = 500;

const EVERYTHING: EventScope = { batchId: null, visibleTo: null };

interface EventLogParts {
  readonly database: Database;
  readonly metrics?: { eventsTold(lagSeconds: readonly number[]): void };
  /** There is something for webhooks. */
  deliveriesMade(): void;
}

/**
 * The events of all batches, in order, as this coordinator knows them. One look at the database, made by a loop, serves everybody
 * who listens: they are handed what is remembered, and only who is far behind reads for himself.
 */
export class EventLog {
  readonly #parts: EventLogParts;
  #head = 0;
  /** Where what is remembered begins: events behind this position are. */
  #from = 0;
  #recent: ToldEvent[] = [];
  #looked = false;
  #running: Promise<void> | null = null;
  #following: Promise<void> | null = null;
  /** There is more than before. */
  readonly news = new News();

  constructor(parts: EventLogParts) {
    this.#parts = parts;
  }

  /** The position of the last event that is known. */
  get head(): number {
    return this.#head;
  }

  /** Knows afterwards what was committed before it was called. Whoever comes while a look is under way shares the next one. */
  async look(): Promise<void> {
    if (this.#running === null) await this.#begin();
    else await (this.#following ??= this.#follow());
  }

  async #follow(): Promise<void> {
    // Its error is of those who asked for it. Somebody may begin another one before it is this one's turn.
    while (this.#running !== null) await this.#running.catch(() => undefined);
    this.#following = null;
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.#running = this.#look().finally(() => (this.#running = null));
    await this.#running;
  }

  async #look(): Promise<void> {
    const { database, metrics, deliveriesMade } = this.#parts;
    let state = await readStreamState(database);
    while (state.fresh) {
      const { placed, deliveries } = await placeEvents(database);
      metrics?.eventsTold(placed.map(({ event }) => (Date.now() - Date.parse(event.at)) / 1_000));
      if (deliveries > 0) deliveriesMade();
      state = await readStreamState(database);
    }
    if (!this.#looked || state.head < this.#head) {
      // The first look, or a database that was put back to an earlier state: what was known says nothing.
      this.#looked = true;
      this.#recent = [];
      this.#from = state.head;
      this.#head = state.head;
      return;
    }
    while (this.#head < state.head) await this.#catchUp();
  }

  async #catchUp(): Promise<void> {
    const { events } = await readEvents(this.#parts.database, { after: this.#head, scope: EVERYTHING, limit: PAGE });
    const last = events.at(-1);
    if (last === undefined) throw new Error(`Events behind ${this.#head} were promised and are not there.`);
    this.#recent.push(...events);
    this.#head = last.event.position;
    const dropped = this.#recent.splice(0, this.#recent.length - REMEMBERED);
    this.#from = dropped.at(-1)?.event.position ?? this.#from;
    this.news.announce();
  }

  /** Events behind a position, up to a page of them, and the position that was looked up to. */
  async after(position: number, scope: EventScope): Promise<EventPage & { readonly until: number }> {
    if (position >= this.#from) {
      const behind = this.#recent.filter(({ event }) => event.position > position);
      return { events: behind.filter((told) => isInScope(told, scope)), forgotten: 0, until: this.#head };
    }
    const until = this.#head;
    const { events, forgotten } = await readEvents(this.#parts.database, { after: position, scope, limit: PAGE });
    // A full page may have left some for the next.
    const known = events.length < PAGE ? until : 0;
    return { events, forgotten, until: Math.max(known, events.at(-1)?.event.position ?? position) };
  }
}
