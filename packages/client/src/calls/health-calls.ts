import { type Readiness, readinessSchema } from "@sluice/contracts";
import type { CallOptions } from "../call-options.ts";
import { type Call, callForText, callJson } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Whether a coordinator answers, and has what it needs. */
export function healthCalls(calls: ApiCalls) {
  return {
    /** Resolves when a coordinator answers there. Sent once. */
    async health(options: CallOptions = {}): Promise<void> {
      await callForText(calls.target, { method: "GET", path: "/healthz", repeatable: false, ...options });
    },

    /** What the coordinator needs for its work, and whether that is there: "not ready" is an answer as well. Sent once. */
    readiness(options: CallOptions = {}): Promise<Readiness> {
      const call: Call = { method: "GET", path: "/readyz", repeatable: false, answersWith: 503, ...options };
      return callJson(calls.target, call, readinessSchema);
    },
  };
}
