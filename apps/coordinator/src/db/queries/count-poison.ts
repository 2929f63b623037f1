import type { Client } from "../database.ts";

export interface PoisonCount {
  /** Attempts at the shard that ended with its worker lost, cut, or talking nonsense. */
  readonly losses: number;
  /** Of these, those after which the worker was not heard of again, and had not said that it was leaving. */
  readonly deaths: number;
  /**
   * Of these, those that a document may be to blame for. No other worker was lost at about the same time of which nothing
   * explains it, because what it read was lost with it and with no other: then the fleet is at fault. And nothing was lost
   * beside the shard that had been lost before: then that is the likelier cause.
   */
  readonly kills: number;
  /** The one document that was being read at the last two of them. */
  readonly suspect: number | null;
}

const TOGETHER = "interval '5 minutes'";
/** All that one worker had in hand is lost within this. */
const AT_ONCE = "interval '30 seconds'";

export async function countPoison(client: Client, shardId: string): Promise<PoisonCount> {
  const { rows } = await client.query(
    `select a.outcome, (a.detail ->> 'ordinal')::int as ordinal,
            a.outcome = 'worker_lost' and exists (
              select 1 from workers w
               where w.id = a.worker_id and (w.renewed_at > a.ended_at or w.gone_at <= a.ended_at)) as survived,
            a.outcome = 'worker_lost' and exists (
              select 1 from attempts o
               where o.outcome = 'worker_lost' and o.worker_id <> a.worker_id
                 and o.ended_at between a.ended_at - ${TOGETHER} and a.ended_at + ${TOGETHER}
                 and not exists (
                   select 1 from attempts m join attempts r
                     on r.batch_id = m.batch_id and r.ordinals && m.ordinals and r.worker_id <> m.worker_id
                    where m.worker_id = o.worker_id and m.outcome = 'worker_lost' and r.outcome = 'worker_lost')) as shared,
            exists (
              select 1 from attempts n join attempts e
                on e.batch_id = n.batch_id and e.ordinals && n.ordinals and e.ended_at <= n.dispatched_at
               where n.worker_id = a.worker_id and n.shard_id <> a.shard_id
                 and n.outcome = 'worker_lost' and e.outcome = 'worker_lost'
                 and n.ended_at between a.ended_at - ${AT_ONCE} and a.ended_at + ${AT_ONCE}) as explained
       from attempts a
      where a.shard_id = $1 and a.outcome in ('worker_lost', 'cut', 'rejected')
      order by a.ended_at desc`,
    [shardId],
  );
  const [last, before] = rows;
  const deaths = rows.filter((row) => !row.survived);
  return {
    losses: rows.length,
    deaths: deaths.length,
    kills: deaths.filter((row) => !row.shared && !row.explained).length,
    suspect: last?.ordinal != null && last.ordinal === before?.ordinal ? last.ordinal : null,
  };
}
