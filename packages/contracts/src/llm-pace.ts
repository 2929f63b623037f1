import { z } from "zod";

/** How many calls to an LLM a worker makes at a time, which follows what the server sustains, and why it last changed. */
export const llmPaceSchema = z
  .object({
    model: z.string(),
    limit: z.int().min(0),
    inFlight: z.int().min(0),
    /** Of late, the median. */
    latencyMs: z.number().min(0),
    changedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "LlmPace" });
export type LlmPace = z.infer<typeof llmPaceSchema>;
