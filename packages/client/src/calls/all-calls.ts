import type { ApiCalls } from "../api-calls.ts";
import { batchCalls } from "./batch-calls.ts";
import { documentCalls } from "./document-calls.ts";
import { eventCalls } from "./event-calls.ts";
import { healthCalls } from "./health-calls.ts";
import { itemCalls } from "./item-calls.ts";
import { modelCalls } from "./model-calls.ts";
import { resultCalls } from "./result-calls.ts";
import { tokenCalls } from "./token-calls.ts";
import { uploadCalls } from "./upload-calls.ts";
import { webhookCalls } from "./webhook-calls.ts";
import { workerCalls } from "./worker-calls.ts";

/** Every operation of the API under a name of its own; a file for each resource. */
export function allCalls(calls: ApiCalls) {
  return {
    ...batchCalls(calls),
    ...itemCalls(calls),
    ...resultCalls(calls),
    ...documentCalls(calls),
    ...eventCalls(calls),
    ...webhookCalls(calls),
    ...uploadCalls(calls),
    ...workerCalls(calls),
    ...modelCalls(calls),
    ...tokenCalls(calls),
    ...healthCalls(calls),
  };
}
