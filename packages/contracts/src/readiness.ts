import { z } from "zod";

/** What `readyz` answers, with 200 or 503: each thing that a server needs, and why it is not there. Further facts vary. */
export const readinessSchema = z.object({
  ready: z.boolean(),
  checks: z.record(
    z.string(),
    z.object({ ok: z.boolean(), reason: z.string().optional(), fullForMs: z.number().optional() }),
  ),
});
export type Readiness = z.infer<typeof readinessSchema>;
