import type { Classifier } from "@sluice/contracts";
import { labelQueueName, shardQueueName } from "../queue/queue-options.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { Build } from "../workers/choose-build.ts";

/** Where the work of a batch waits: to be read, and, where labels are given in a stage of their own, to be judged. */
export interface BatchQueues {
  readonly queue: string;
  readonly labelQueue: string | null;
}

/** `rules` and `model` judge where a document is read; what may ask an LLM does so when its text is stored. */
export function queuesFor({ engineVersion, classifierVersion }: Build, classifier: Classifier): BatchQueues {
  const isStaged = classifier === "llm" || classifier === "cascade";
  if (!isStaged || classifierVersion === null) {
    return { queue: shardQueueName(engineVersion, classifierVersion), labelQueue: null };
  }
  return { queue: shardQueueName(engineVersion, null), labelQueue: labelQueueName(classifierVersion) };
}

export async function ensureQueues(queue: ShardQueue, queues: BatchQueues): Promise<void> {
  await queue.ensure(queues.queue);
  if (queues.labelQueue !== null) await queue.ensure(queues.labelQueue);
}
