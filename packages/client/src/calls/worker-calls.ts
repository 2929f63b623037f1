import {
  type QueueRow,
  queueListSchema,
  type WorkerRegistered,
  type WorkerRegistration,
  workerListSchema,
  workerRegisteredSchema,
  type WorkerRow,
} from "@sluice/contracts";
import type { CallOptions } from "../call-options.ts";
import { callForText } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";

/** The fleet: who reads, and what waits for it. */
export function workerCalls(calls: ApiCalls) {
  return {
    registerWorker(registration: WorkerRegistration, options: CallOptions = {}): Promise<WorkerRegistered> {
      return calls.post("/v1/workers", registration, workerRegisteredSchema, options);
    },

    async unregisterWorker(workerId: string, options: CallOptions = {}): Promise<void> {
      const path = `/v1/workers/${encodeURIComponent(workerId)}`;
      await callForText(calls.target, { method: "DELETE", path, repeatable: false, ...options });
    },

    /** The worker gets no more shards, ends those it has, and leaves. */
    async drainWorker(workerId: string, options: CallOptions = {}): Promise<void> {
      const path = `/v1/workers/${encodeURIComponent(workerId)}/drain`;
      await callForText(calls.target, { method: "POST", path, body: "{}", repeatable: true, ...options });
    },

    async listWorkers(options: CallOptions = {}): Promise<WorkerRow[]> {
      return (await calls.get("/v1/workers", workerListSchema, {}, options)).workers;
    },

    /** What waits for workers, and what each of them has in hand. */
    async listQueues(options: CallOptions = {}): Promise<QueueRow[]> {
      return (await calls.get("/v1/queues", queueListSchema, {}, options)).queues;
    },
  };
}
