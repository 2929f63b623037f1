import { z } from "zod";
import { hashSchema, ordinalSchema } from "./ids.ts";

/** What kind of server: a real Ollama, or one that speaks OpenAI's chat completions. */
export const LLM_SERVERS = ["ollama", "openai"] as const;
export type LlmServerKind = (typeof LLM_SERVERS)[number];

/**
 * How one call to an LLM ended. From `foreign_label` to `too_long` it is the document's; the others are the server's, and
 * cost the document nothing unless the server answers everybody else.
 */
export const LLM_OUTCOMES = [
  "ok",
  "foreign_label",
  "cut",
  "whitespace",
  "refused",
  "too_long",
  "timeout",
  "server_error",
  "busy",
  "unreachable",
] as const;
export type LlmOutcome = (typeof LLM_OUTCOMES)[number];

/** One call to an LLM, as it is stored: what it cost, and what it was asked by, but not its text. */
export const llmCallSchema = z
  .object({
    server: z.enum(LLM_SERVERS),
    model: z.string().max(300),
    /** As the server has it: Ollama's digest; null where a server has none. */
    modelDigest: z.string().max(100).nullable(),
    /** SHA-256 of the constant part of the prompt. */
    promptHash: hashSchema,
    outcome: z.enum(LLM_OUTCOMES),
    inputTokens: z.int().min(0),
    outputTokens: z.int().min(0),
    latencyMs: z.number().min(0),
    /** The document did not fit, and the middle of it was left out. */
    truncated: z.boolean(),
    /** Which call for this document, from 1. */
    try: z.int().min(1),
    /** null: no price is configured. */
    costUsd: z.number().min(0).nullable(),
  })
  .meta({ id: "LlmCall" });
export type LlmCall = z.infer<typeof llmCallSchema>;

/** A call with the item that it was made for. */
export const llmCallRowSchema = llmCallSchema
  .extend({ ordinal: ordinalSchema, calledAt: z.string() })
  .meta({ id: "LlmCallRow" });
export type LlmCallRow = z.infer<typeof llmCallRowSchema>;

/** A page of the calls that were made for a batch, in the order in which they were stored, with what all of them came to. */
export const llmCallPageSchema = z
  .object({
    totals: z.object({
      calls: z.int(),
      /** Items that calls were made for. */
      items: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      /** Of all calls, one after the other. */
      latencyMs: z.number(),
      /** null: no price was configured. */
      costUsd: z.number().nullable(),
      outcomes: z.record(z.string(), z.int()),
    }),
    calls: z.array(llmCallRowSchema),
    /** The `after` of the page that follows; null behind the last one. */
    next: z.int().nullable(),
  })
  .meta({ id: "LlmCallPage" });
export type LlmCallPage = z.infer<typeof llmCallPageSchema>;
