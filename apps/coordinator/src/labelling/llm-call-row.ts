import type { LlmCall } from "@sluice/contracts";
import { CopyEncoder } from "../commit/copy-encoder.ts";

export const LLM_CALL_COLUMNS =
  "llm_calls (batch_id, ordinal, content_hash, attempt_id, try, server, model, model_digest, prompt_hash, outcome, input_tokens, output_tokens, latency_ms, truncated, cost_usd)";

/** A call as it is stored. */
export function llmCallRow(
  call: LlmCall,
  of: { batchId: string; ordinal: number; contentHash: Buffer; attemptId: string },
): Buffer {
  const encoder = new CopyEncoder(512)
    .startRow(15)
    .uuid(of.batchId)
    .int4(of.ordinal)
    .bytea(of.contentHash)
    .uuid(of.attemptId)
    .int4(call.try)
    .text(call.server)
    .text(call.model)
    .nullableText(call.modelDigest)
    .bytea(Buffer.from(call.promptHash, "hex"))
    .text(call.outcome)
    .int4(call.inputTokens)
    .int4(call.outputTokens)
    .float8(call.latencyMs)
    .bool(call.truncated);
  if (call.costUsd === null) encoder.null();
  else encoder.float8(call.costUsd);
  return encoder.finish();
}
