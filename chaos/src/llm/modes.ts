import { z } from "zod";

/** How the LLM misbehaves: 503 to everything, no answer, answers after a while, and answers that say nothing. */
export const LLM_FAULTS = ["refuse", "stall", "dawdle", "babble"] as const;

export const llmModeSchema = z.enum(["well", ...LLM_FAULTS]);
export type LlmMode = z.infer<typeof llmModeSchema>;
