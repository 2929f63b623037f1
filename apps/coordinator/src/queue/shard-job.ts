import { z } from "zod";

/** Ordinals as runs [first, last], both included: most shards are one run. */
export type OrdinalRuns = readonly (readonly [number, number])[];

/** What a job in the queue says. Its id is the shard's id. */
export const shardJobDataSchema = z.object({
  batchId: z.uuid(),
  runs: z.array(z.tuple([z.int(), z.int()])).min(1),
});
export type ShardJobData = z.infer<typeof shardJobDataSchema>;

/** One try at a job. `{id, retryCount}` is the fence: the queue changes it at every fetch. */
export interface ShardJob {
  readonly id: string;
  readonly queue: string;
  readonly retryCount: number;
  readonly data: ShardJobData;
}

export type Fence = Pick<ShardJob, "id" | "queue" | "retryCount">;

/** Whether it is one document alone. */
export function isSingle({ data: { runs } }: Pick<ShardJob, "data">): boolean {
  const [first, ...others] = runs;
  return others.length === 0 && first !== undefined && first[0] === first[1];
}

export interface NewShard {
  readonly id: string;
  readonly ordinals: readonly number[];
}

/** Ordinals must be in rising order. */
export function toRuns(ordinals: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const ordinal of ordinals) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === ordinal - 1) last[1] = ordinal;
    else runs.push([ordinal, ordinal]);
  }
  return runs;
}

export function fromRuns(runs: OrdinalRuns): number[] {
  return runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
}
