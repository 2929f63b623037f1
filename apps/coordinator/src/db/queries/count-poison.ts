import type { Client } from "../database.ts";

export interface PoisonCount {
  /** Attempts at the shard that ended with its worker lost, cut, or talking nonsense. */
  readonly losses: number;
  /**
   * Of these, those that the shard may be to blame for. It is not when its worker was heard of again, or had said that it
   * was leaving, or when workers that read nothing of it were lost at about the same time: then the fleet is at fault.
   */
  readonly kills: number;
  /** The one document that was being read at the last two of them. */
  readonly suspect: number | null;
}

const TOGETHER = "interval '5 minutes'";

export async function countPoison(client: Client, shardId: string): Promise<PoisonCount> {
  const { rows } = await client.query(
    `select a.outcome, (a.detail ->> 'ordinal')::int as ordinal,
            a.outcome = 'worker_lost' and (
              exists (select 1 from workers w
                       where w.id = a.worker_id and (w.renewed_at > a.ended_at or w.gone_at <= a.ended_at))
              or exists (select 1 from attempts o
                          where o.outcome = 'worker_lost' and o.worker_id <> a.worker_id
                            and o.ended_at between a.ended_at - ${TOGETHER} and a.ended_at + ${TOGETHER}
                            and not exists (select 1 from attempts m
                                             where m.batch_id = a.batch_id and m.worker_id = o.worker_id
                                               and m.outcome = 'worker_lost' and m.ordinals && a.ordinals))
            ) as blameless
       from attempts a
      where a.shard_id = $1 and a.outcome in ('worker_lost', 'cut', 'rejected')
      order by a.ended_at desc`,
    [shardId],
  );
  const [last, before] = rows;
  return {
    losses: rows.length,
    kills: rows.filter((row) => !row.blameless).length,
    suspect: last?.ordinal != null && last.ordinal === before?.ordinal ? last.ordinal : null,
  };
}
