import type { Client } from "../db/database.ts";
import type { NewShard } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { formLabelShards } from "./form-label-shards.ts";

/** Where the labels of a batch wait, and how many documents of it are judged together at most. */
export interface LabelStage {
  readonly labelQueue: string;
  readonly labelDocuments: number;
}

/**
 * Hands documents on to be judged, in the transaction that says that their text is stored: from then on the label shards that are
 * returned cover them. `place`: the priority of the first, each further one is one less. Held for a batch that is paused.
 */
export async function enqueueLabels(
  client: Client,
  queue: ShardQueue,
  batchId: string,
  labels: LabelStage & { ordinals: readonly number[]; place: number; paused?: boolean },
): Promise<readonly NewShard[]> {
  const { labelQueue, labelDocuments, ordinals, place, paused = false } = labels;
  const shards = formLabelShards(ordinals, labelDocuments);
  await queue.add(client, labelQueue, batchId, place, shards);
  if (paused) {
    await queue.hold(
      client,
      labelQueue,
      shards.map((shard) => shard.id),
    );
  }
  return shards;
}
