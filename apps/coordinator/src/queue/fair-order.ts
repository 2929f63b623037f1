/**
 * The order in which shards leave a queue. Each class of priority goes before the next; inside of a class, owners take turns: a
 * shard has a tag, and the lowest goes first. What an owner hands in begins at the tag that the queue has come to, or behind what
 * he has waiting, and each shard is one further. So half a million documents of one owner are spread out behind each other, and
 * another one's ten lie between the first of them (start-time fair queueing: Goyal, Vin and Cheng, 1996; a shard is about as
 * much work as another). An owner's own shards keep their order. When nothing waits, counting begins anew.
 *
 * A tag is written into the job's priority once, when it is queued: to fetch and to commit cost what they did.
 */
import type { Priority } from "@sluice/contracts";

/** Tags of a class. Some hundred million shards that are queued without a pause between; those past it are just queued. */
const TAGS = 300_000_000;

/** The priority of a class's tag 0; each tag is one less. */
const FRONT: Record<Priority, number> = { interactive: TAGS, normal: 0, bulk: -TAGS };

/** Takes a job's priority out of every class, so that no fetch reads past what is held. PostgreSQL's integers have room for it. */
export const HELD_OFFSET = 4 * TAGS;

/** Before all others of its class: what is tried again has had its turn counted. */
export function frontOf(priority: Priority): number {
  return FRONT[priority];
}

/** The priority of a job at a tag. `count` jobs have room from there. */
export function priorityAt(priority: Priority, tag: number, count: number): number {
  return FRONT[priority] - Math.max(0, Math.min(tag, TAGS - 1 - count));
}

/** The priorities of a class, both ends included. */
export function rangeOf(priority: Priority): { front: number; back: number } {
  return { front: FRONT[priority], back: FRONT[priority] - TAGS + 1 };
}

/** SQL that says of a priority which class it is in: a higher number goes first. */
export function classOf(column: string): string {
  return `ceil(${column} / ${TAGS}.0)`;
}
