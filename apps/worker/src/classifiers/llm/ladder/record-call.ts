import type { LlmCall, LlmOutcome } from "@sluice/contracts";
import type { LlmReply } from "../servers/llm-server.ts";

/** What a provider asks for a million tokens. */
export interface LlmPrices {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
}

export type CallFrame = Pick<LlmCall, "server" | "model" | "modelDigest" | "promptHash">;

/** A call as it is stored. `outcome` is what its answer turned out to be. */
export function recordCall(
  frame: CallFrame,
  call: { reply: LlmReply; outcome: LlmOutcome; truncated: boolean; number: number; prices: LlmPrices | null },
): LlmCall {
  const { reply, prices } = call;
  const inputTokens = reply.ok ? reply.inputTokens : 0;
  const outputTokens = reply.ok ? reply.outputTokens : 0;
  return {
    ...frame,
    outcome: call.outcome,
    inputTokens,
    outputTokens,
    latencyMs: Math.round(reply.latencyMs * 10) / 10,
    truncated: call.truncated,
    try: call.number,
    costUsd:
      prices === null
        ? null
        : (inputTokens * prices.inputUsdPerMillion + outputTokens * prices.outputUsdPerMillion) / 1e6,
  };
}
