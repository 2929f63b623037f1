/** The queue, as the rest of the coordinator sees it. This file is the only importer of the queue library. */
import type { Logger } from "@sluice/serverkit";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Client, Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { HELD_OFFSET } from "./fair-order.ts";
import { SHARD_QUEUE_OPTIONS, SUPERVISE_EVERY_SECONDS } from "./queue-options.ts";
import { type Fence, type NewShard, shardJobDataSchema, type ShardJob, toRuns } from "./shard-job.ts";

export interface ShardQueue {
  /** Makes the queue when it is not there yet. Idempotent. */
  ensure(queue: string): Promise<void>;
  /**
   * Adds a job for each shard, in the caller's transaction: the first at this priority, each further one at one less; to be
   * fetched `afterMs` from now, where it is given.
   */
  add(
    client: Client,
    queue: string,
    batchId: string,
    first: number,
    shards: readonly NewShard[],
    options?: { afterMs: number },
  ): Promise<void>;
  /** Takes up to `limit` jobs, of the highest priority first. */
  fetch(queue: string, limit: number): Promise<ShardJob[]>;
  /** Completes this try, in the caller's transaction. False: another try has taken over, or the job was cancelled. */
  complete(client: Client, fence: Fence): Promise<boolean>;
  /** The priority of a job: its place among the others. */
  placeOf(client: Client, queue: string, id: string): Promise<number | null>;
  /** Gives this try back to the queue, in the caller's transaction. False as in `complete`. */
  giveBack(client: Client, fence: Fence): Promise<boolean>;
  /** Renews leases; returns the ids of those that still are ours. */
  renew(queue: string, fences: readonly Fence[]): Promise<Set<string>>;
  /** Cancels jobs whatever their state, in the caller's transaction. */
  cancel(client: Client, queue: string, ids: readonly string[]): Promise<void>;
  /** Keeps jobs that wait from being fetched, in the caller's transaction. Those that run go on. */
  hold(client: Client, queue: string, ids: readonly string[]): Promise<void>;
  /** The same for all jobs of a batch that may be fetched now. */
  holdWaiting(client: Client, queue: string, batchId: string): Promise<void>;
  /**
   * Lets held jobs of a batch be fetched again, at the places that they had, until `most` of the batch may be fetched; in the
   * caller's transaction.
   */
  releaseSome(client: Client, queue: string, batchId: string, most: number): Promise<void>;
  /** Which jobs of a batch are held. */
  held(queue: string, batchId: string): Promise<string[]>;
  /** Lets jobs that are held be fetched again, in their order, the first at this priority, in the caller's transaction. */
  release(client: Client, queue: string, ids: readonly string[], first: number): Promise<void>;
  /** Changes the priorities of jobs that are not finished or held, as `release` does. */
  prioritize(client: Client, queue: string, ids: readonly string[], first: number): Promise<void>;
  /** Ends leases that have run out, now instead of at the next pass. */
  superviseNow(): Promise<void>;
  stop(): Promise<void>;
}

// Far off, and no `infinity`: the library computes with it.
const HELD_UNTIL = "9999-01-01T00:00:00Z";

/** Jobs with their places among each other, from 0. */
const IN_ORDER = `
  select id, (row_number() over (order by priority desc, created_on, id) - 1)::int as place
    from pgboss.job where name = $1 and id = any($2::uuid[])`;

export async function openShardQueue(database: Database, logger: Logger): Promise<ShardQueue> {
  const boss = new PgBoss({
    db: executor(database.control),
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    monitorIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    // Finished jobs are swept once a minute: thousands an hour, and the fetch reads past none of them.
    maintenanceIntervalSeconds: 60,
    // The connections are ours and so is the registry (`workers`, `attempts`); the server has its own autovacuum.
    registerInstance: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (error) => logger.warn({ err: error }, "queue maintenance failed; it is tried again"));
  boss.on("warning", (warning) => logger.info({ queueWarning: warning.message }, "queue warning"));
  try {
    await startAlone(database, boss);
  } catch (error) {
    throw translateDatabaseError(error);
  }
  const ensured = new Map<string, Promise<void>>();

  return {
    ensure: (queue) => {
      let made = ensured.get(queue);
      if (made === undefined) {
        made = boss.createQueue(queue, SHARD_QUEUE_OPTIONS).catch((error: unknown) => {
          ensured.delete(queue);
          throw translateDatabaseError(error);
        });
        ensured.set(queue, made);
      }
      return made;
    },
    add: async (client, queue, batchId, first, shards, options) => {
      if (shards.length === 0) return;
      const later = options === undefined ? {} : { startAfter: Math.ceil(options.afterMs / 1_000) };
      const jobs = shards.map((shard, index) => ({
        id: shard.id,
        priority: first - index,
        ...later,
        data: { batchId, runs: toRuns(shard.ordinals) },
      }));
      await boss.insert(queue, jobs, { db: executor(client) });
    },
    fetch: async (queue, limit) => {
      const jobs = await boss.fetch<unknown>(queue, { batchSize: limit });
      return jobs.map((job) => ({
        id: job.id,
        queue,
        retryCount: job.retryCount,
        data: shardJobDataSchema.parse(job.data),
      }));
    },
    complete: async (client, { queue, id, retryCount }) => {
      return affected(await boss.complete(queue, { id, retryCount }, null, { db: preparing(client) })) === 1;
    },
    placeOf: async (client, queue, id) => {
      const { rows } = await client.query<{ priority: number }>({
        name: "queue-place-of",
        text: "select priority from pgboss.job where name = $1 and id = $2",
        values: [queue, id],
      });
      return rows[0]?.priority ?? null;
    },
    giveBack: async (client, { queue, id, retryCount }) => {
      return affected(await boss.fail(queue, { id, retryCount }, null, { db: executor(client) })) === 1;
    },
    renew: async (queue, fences) => {
      const attempts = fences.map(({ id, retryCount }) => ({ id, retryCount }));
      if (attempts.length === 0) return new Set();
      const renewed = affected(await boss.touch(queue, attempts));
      if (renewed === attempts.length) return new Set(attempts.map(({ id }) => id));
      // Some lease is lost, which is rare: ask one by one which.
      const held = new Set<string>();
      for (const attempt of attempts) {
        if (affected(await boss.touch(queue, attempt)) === 1) held.add(attempt.id);
      }
      return held;
    },
    cancel: async (client, queue, ids) => {
      if (ids.length > 0) await boss.cancel(queue, [...ids], { db: executor(client) });
    },
    // The library changes one job a call; a batch has ten thousand. Its own fetch asks for nothing but these columns.
    hold: async (client, queue, ids) => {
      await client.query(
        `update pgboss.job set start_after = $3, priority = priority - ${HELD_OFFSET}
          where name = $1 and id = any($2::uuid[]) and state < 'active' and start_after <> $3`,
        [queue, ids, HELD_UNTIL],
      );
    },
    // What somebody else changes at this moment is left to him: a pause changes the same jobs in another order.
    holdWaiting: async (client, queue, batchId) => {
      await client.query(
        `update pgboss.job set start_after = $3, priority = priority - ${HELD_OFFSET}
          where name = $1 and id in (
            select id from pgboss.job
             where name = $1 and state < 'active' and start_after <= now() and data ->> 'batchId' = $2
               for update skip locked)`,
        [queue, batchId, HELD_UNTIL],
      );
    },
    releaseSome: async (client, queue, batchId, most) => {
      await client.query(
        `update pgboss.job set start_after = now(), priority = priority + ${HELD_OFFSET}
          where name = $1 and id in (
            select id from pgboss.job
             where name = $1 and state < 'active' and start_after = $3 and data ->> 'batchId' = $2
             order by priority desc, created_on, id
             limit greatest(0, $4::int - (
               select count(*) from pgboss.job
                where name = $1 and state < 'active' and start_after <= now() and data ->> 'batchId' = $2))
               for update skip locked)`,
        [queue, batchId, HELD_UNTIL, most],
      );
    },
    held: async (queue, batchId) => {
      const { rows } = await database.control.query<{ id: string }>(
        `select id from pgboss.job
          where name = $1 and state < 'active' and start_after = $3 and data ->> 'batchId' = $2`,
        [queue, batchId, HELD_UNTIL],
      );
      return rows.map((row) => row.id);
    },
    release: async (client, queue, ids, first) => {
      await client.query(
        `update pgboss.job j set start_after = now(), priority = $4 - o.place
           from (${IN_ORDER} and state < 'active' and start_after = $3) o
          where j.name = $1 and j.id = o.id`,
        [queue, ids, HELD_UNTIL, first],
      );
    },
    prioritize: async (client, queue, ids, first) => {
      await client.query(
        `update pgboss.job j set priority = $4 - o.place
           from (${IN_ORDER} and state < 'completed' and start_after <> $3) o
          where j.name = $1 and j.id = o.id`,
        [queue, ids, HELD_UNTIL, first],
      );
    },
    superviseNow: () => boss.supervise(),
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}

// Any constant of our own, another than that of our migrations.
const START_LOCK = 5_186_240_002;

/** Two coordinators that start on an empty database would both create the library's schema: they take turns. */
async function startAlone({ control }: Database, boss: PgBoss): Promise<void> {
  const client = await control.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [START_LOCK]);
    await boss.start();
    await client.query("select pg_advisory_unlock($1)", [START_LOCK]);
    client.release();
  } catch (error) {
    // The lock goes with its connection.
    client.release(true);
    throw error;
  }
}

// The library answers with it and documents it, but its published types leave it out.
const commandResponseSchema = z.object({ affected: z.int() });

function affected(response: unknown): number {
  return commandResponseSchema.parse(response).affected;
}

interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** For a call that is made for every shard: what it says is planned once a connection. */
function preparing(client: Client): ReturnType<typeof executor> {
  return {
    executeSql: (text, values) =>
      client.query({ name: `queue-${Bun.hash(text).toString(36)}`, text, ...(values && { values }) }),
  };
}

function executor(connection: Queryable): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
} {
  return { executeSql: (text, values) => connection.query(text, values) };
}
