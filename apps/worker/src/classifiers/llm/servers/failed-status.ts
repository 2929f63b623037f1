import { z } from "zod";
import type { LlmFailure } from "./llm-server.ts";

/** Ollama says `error` as a string, OpenAI's kind as an object. */
const problemSchema = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      type: z.string().nullish(),
      code: z.union([z.string(), z.number()]).nullish(),
      n_prompt_tokens: z.number().optional(),
    }),
  ]),
});

const TOO_LONG =
  /exceed_context_size|context_length_exceeded|exceeds? the (?:available |model's )?context|maximum context length/i;

/** What a status other than 200 means. Only names of errors are handed on: a server's own words may quote the question. */
export function failedStatus(answer: {
  status: number;
  json: unknown;
  latencyMs: number;
  retryAfterMs: number | null;
}): LlmFailure {
  const { status, latencyMs, retryAfterMs } = answer;
  const problem = problemSchema.safeParse(answer.json).data?.error;
  const said = typeof problem === "string" ? problem : `${problem?.type} ${problem?.code} ${problem?.message}`;
  const name = typeof problem === "object" ? (problem.type ?? "") : "";
  const message = /^[\w.-]{1,60}$/.test(name) ? `It answered ${status} ${name}.` : `It answered ${status}.`;
  const failure = (outcome: LlmFailure["outcome"]): LlmFailure => ({
    ok: false,
    outcome,
    message,
    latencyMs,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(typeof problem === "object" && problem.n_prompt_tokens !== undefined
      ? { promptTokens: problem.n_prompt_tokens }
      : {}),
  });
  if ((status === 400 || status === 413 || status === 422) && TOO_LONG.test(said)) return failure("too_long");
  if (status === 429 || status === 503) return failure("busy");
  // The key is refused, the model is gone, or something else stands at the address: no document can mend that.
  if ([401, 402, 403, 404, 502, 504].includes(status)) return failure("unreachable");
  return failure("server_error");
}

export function unreadable({ latencyMs }: { latencyMs: number }): LlmFailure {
  return { ok: false, outcome: "server_error", message: "Its answer has not the form of its protocol.", latencyMs };
}
