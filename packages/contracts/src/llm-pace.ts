import { z } from "zod";
import { timeSchema } from "./time.ts";

export const llmPaceSchema = z
  .object({
    model: z.string().describe("The model it calls."),
    limit: z.int().min(0).describe("Calls that it makes at a time at most, now."),
    inFlight: z.int().min(0).describe("Calls that are under way."),
    latencyMs: z.number().min(0).describe("Of late, the median."),
    changedAt: timeSchema.nullable().describe("When the limit changed last, an ISO 8601 time; null: it has not."),
    reason: z.string().nullable().describe("Why it changed last; null: it has not."),
  })
  .meta({
    id: "LlmPace",
    description:
      "How many calls to an LLM a worker makes at a time, which follows what the server sustains, and why it last changed.",
  });
export type LlmPace = z.infer<typeof llmPaceSchema>;
