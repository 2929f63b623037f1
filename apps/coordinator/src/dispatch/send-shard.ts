import { SHARD_STREAM, type ShardRequest } from "@sluice/contracts";
import type { KnownWorker } from "../workers/list-workers.ts";

/** Hands a worker a shard; its answer, whatever it is, has begun. Rejects when none comes, or `signal` aborts. */
export async function sendShard(worker: KnownWorker, request: ShardRequest, signal: AbortSignal): Promise<Response> {
  return await fetch(`${worker.address}/v1/shards`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${worker.dispatchToken}`,
      "content-type": "application/json",
      accept: SHARD_STREAM,
    },
    body: JSON.stringify(request),
    redirect: "error",
    signal,
  });
}
