import { z } from "zod";
import { batchIdSchema } from "./ids.ts";

/** One thing that must hold of a batch, and the rows that break it. */
export const auditCheckSchema = z
  .object({
    name: z.string(),
    question: z.string(),
    ok: z.boolean(),
    /** How many rows break it, and some of them. */
    gaps: z.int(),
    examples: z.array(z.string()).max(20),
  })
  .meta({ id: "AuditCheck" });
export type AuditCheck = z.infer<typeof auditCheckSchema>;

export const auditReportSchema = z
  .object({
    batchId: batchIdSchema,
    state: z.string(),
    balanced: z.boolean(),
    items: z.int(),
    checks: z.array(auditCheckSchema),
  })
  .meta({ id: "AuditReport" });
export type AuditReport = z.infer<typeof auditReportSchema>;
