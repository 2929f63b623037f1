import type { NewShard } from "../queue/shard-job.ts";

/** Shards of so many documents at most, in the order of their ordinals. */
export function formLabelShards(ordinals: readonly number[], mostDocuments: number): NewShard[] {
  const inOrder = [...ordinals].sort((left, right) => left - right);
  const shards: NewShard[] = [];
  for (let at = 0; at < inOrder.length; at += mostDocuments) {
    shards.push({ id: Bun.randomUUIDv7(), ordinals: inOrder.slice(at, at + mostDocuments) });
  }
  return shards;
}
