import { z } from "zod";
import { ERROR_CODES } from "./error-codes.ts";

/** The body of every error response: RFC 9457 problem details, with our code and the next step. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    detail: z.string(),
    advice: z.string(),
    requestId: z.string().optional(),
    context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problemSchema>;
