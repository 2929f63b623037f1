import { z } from "zod";
import { hashSchema, ordinalSchema } from "./ids.ts";
import { timeSchema } from "./time.ts";

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

export const llmCallSchema = z
  .object({
    server: z
      .enum(LLM_SERVERS)
      .describe("What kind of server: a real Ollama, or one that speaks OpenAI's chat completions."),
    model: z.string().max(300).describe("The model."),
    modelDigest: z
      .string()
      .max(100)
      .nullable()
      .describe("As the server has it: Ollama's digest; null where a server has none."),
    promptHash: hashSchema.describe("SHA-256 of the constant part of the prompt."),
    outcome: z
      .enum(LLM_OUTCOMES)
      .describe(
        "How it ended. From `foreign_label` to `too_long` it is the document's fault; the others are the server's.",
      ),
    inputTokens: z.int().min(0).describe("Tokens that went in."),
    outputTokens: z.int().min(0).describe("Tokens that came out."),
    latencyMs: z.number().min(0).describe("How long it took, in milliseconds."),
    truncated: z.boolean().describe("The document did not fit, and the middle of it was left out."),
    try: z.int().min(1).describe("Which call for this document, from 1."),
    costUsd: z.number().min(0).nullable().describe("What it cost, in US dollars; null: no price is configured."),
  })
  .meta({
    id: "LlmCall",
    description: "One call to an LLM, as it is stored: what it cost, and what it was asked by, but not its text.",
  });
export type LlmCall = z.infer<typeof llmCallSchema>;

export const llmCallRowSchema = llmCallSchema
  .extend({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    calledAt: timeSchema.describe("When it was made; an ISO 8601 time in UTC."),
  })
  .meta({ id: "LlmCallRow", description: "A call with the item that it was made for." });
export type LlmCallRow = z.infer<typeof llmCallRowSchema>;

export const llmCallPageSchema = z
  .object({
    totals: z
      .object({
        calls: z.int().describe("How many calls."),
        items: z.int().describe("Items that calls were made for."),
        inputTokens: z.int().describe("Tokens that went in."),
        outputTokens: z.int().describe("Tokens that came out."),
        latencyMs: z.number().describe("How long they took, in milliseconds, one after the other."),
        costUsd: z.number().nullable().describe("What they cost, in US dollars; null: no price was configured."),
        outcomes: z.record(z.string(), z.int()).describe("How many ended in each way."),
      })
      .describe("What all calls of the batch came to."),
    calls: z.array(llmCallRowSchema).describe("The calls of this page."),
    next: z.int().nullable().describe("The `after` of the page that follows; null behind the last one."),
  })
  .meta({
    id: "LlmCallPage",
    description:
      "A page of the calls that were made for a batch, in the order in which they were stored, with what all of them came to.",
  });
export type LlmCallPage = z.infer<typeof llmCallPageSchema>;
