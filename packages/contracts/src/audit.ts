import { z } from "zod";
import { batchIdSchema } from "./ids.ts";

export const auditCheckSchema = z
  .object({
    name: z.string().describe("The check's name."),
    question: z.string().describe("What must hold, as a question."),
    ok: z.boolean().describe("It holds."),
    gaps: z.int().describe("How many rows break it."),
    examples: z.array(z.string()).max(20).describe("Some of these rows."),
  })
  .meta({ id: "AuditCheck", description: "One thing that must hold of a batch, and the rows that break it." });
export type AuditCheck = z.infer<typeof auditCheckSchema>;

export const auditReportSchema = z
  .object({
    batchId: batchIdSchema.describe("The batch."),
    state: z.string().describe("The batch's state."),
    balanced: z.boolean().describe("All checks hold: every item is accounted for."),
    items: z.int().describe("How many items the batch has."),
    checks: z.array(auditCheckSchema).describe("The checks."),
  })
  .meta({ id: "AuditReport", description: "A batch held against its own rows." });
export type AuditReport = z.infer<typeof auditReportSchema>;
