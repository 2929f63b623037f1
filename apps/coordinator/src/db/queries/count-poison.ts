import type { Client } from "../database.ts";

export interface PoisonCount {
  /** Attempts at the shard that ended with its worker lost, cut, or talking nonsense. */
  readonly losses: number;
  /** Of these, those after which the worker was not heard of again, or that its death cannot explain. */
  readonly kills: number;
  /** The one document that was being read at the last two of them. */
  readonly suspect: number | null;
}

export async function countPoison(client: Client, shardId: string): Promise<PoisonCount> {
  const { rows } = await client.query(
    `select a.outcome, (a.detail ->> 'ordinal')::int as ordinal,
            a.outcome = 'worker_lost' and exists (
              select 1 from workers w where w.id = a.worker_id and w.renewed_at > a.ended_at) as survived
       from attempts a
      where a.shard_id = $1 and a.outcome in ('worker_lost', 'cut', 'rejected')
      order by a.ended_at desc`,
    [shardId],
  );
  const [last, before] = rows;
  return {
    losses: rows.length,
    kills: rows.filter((row) => !row.survived).length,
    suspect: last?.ordinal != null && last.ordinal === before?.ordinal ? last.ordinal : null,
  };
}
