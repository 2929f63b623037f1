/**
 * What pg-boss is told, and why. Its defaults would lose work: they fail a job at its third fetch whatever the cause,
 * end one that is active for 15 minutes even while it heartbeats, and delete one that waited for 14 days.
 */

const YEAR_SECONDS = 365 * 24 * 3600;

/** The least pg-boss allows: a coordinator that dies holds its shards this long, plus one supervision pass. */
export const LEASE_SECONDS = 10;

/** Three beats in a lease: one may be lost and the next be late before the lease is. */
export const HEARTBEAT_EVERY_MS = 3_000;

/** How often leases are checked, by whichever coordinator comes first. A pass costs some 5 ms of the server. */
export const SUPERVISE_EVERY_SECONDS = 2;

export const SHARD_QUEUE_OPTIONS = {
  // pg-boss counts every fetch, a deploy's and a 429's as much as a crash's. Sluice counts causes itself, in `attempts`:
  // only what a document did to its worker counts against it, so the queue itself never gives up.
  retryLimit: 1_000_000,
  // A retry is for another worker, or for this one when it is back: nothing is gained by waiting here.
  retryDelay: 0,
  retryBackoff: false,
  // Liveness is judged by lines and progress; this is only the roof over all of it, at pg-boss's maximum of a day.
  expireInSeconds: 24 * 3600,
  heartbeatSeconds: LEASE_SECONDS,
  // Work that waits for a worker of its engine version may wait for as long as somebody wants the result.
  retentionSeconds: 10 * YEAR_SECONDS,
  // What happened to a shard is kept in `attempts`; the finished job itself is of no more use after an hour.
  deleteAfterSeconds: 3600,
  warningQueueSize: 1_000_000,
} as const;

/** One queue for each set of things a worker must offer, so that a fetch never takes work it cannot place. */
export function shardQueueName(engineVersion: string, classifierVersion: string | null): string {
  const parts = ["extract", engineVersion, ...(classifierVersion === null ? [] : [classifierVersion])];
  return parts.map(namePart).join("/");
}

// The library allows no longer ones.
const MOST_CHARACTERS = 80;

/** The same for documents whose text is stored: what judges them is all that a worker must offer. */
export function labelQueueName(classifierVersion: string): string {
  const part = namePart(classifierVersion).slice(0, MOST_CHARACTERS);
  // What is left out of a model's name must not make two queues one.
  return part === classifierVersion
    ? `classify/${part}`
    : `classify/${part}-${Bun.hash(classifierVersion).toString(36)}`;
}

/** pg-boss allows letters, digits, `_`, `-`, `.` and `/`. */
function namePart(part: string): string {
  return part.replaceAll(/[^\w.-]/g, "-");
}
