import { z } from "zod";
import type { AnswerToken } from "./llm-server.ts";

const tokenSchema = z.object({ token: z.string(), logprob: z.number() });

/** Log-probabilities as both protocols write them: OpenAI's under `content`. */
export const logprobsSchema = z.array(tokenSchema.extend({ top_logprobs: z.array(tokenSchema).default([]) }));

/** null: there are none, which servers say in several ways. */
export function answerTokens(logprobs: z.infer<typeof logprobsSchema> | null | undefined): AnswerToken[] | null {
  if (logprobs === null || logprobs === undefined || logprobs.length === 0) return null;
  return logprobs.map(({ token, logprob, top_logprobs }) => ({
    text: token,
    logprob,
    others: top_logprobs.map((other) => ({ text: other.token, logprob: other.logprob })),
  }));
}
