import { z } from "zod";
import { ERROR_CODES } from "./error-codes.ts";

export const problemSchema = z
  .object({
    type: z.string().describe("The code as a URI, `urn:sluice:error:<code>`."),
    title: z.string().describe("The code in words."),
    status: z.int().describe("The HTTP status of the answer."),
    code: z.enum(ERROR_CODES).describe("Which error, out of a closed list: the one to decide by."),
    detail: z.string().describe("What happened, to what."),
    advice: z.string().describe("The next step for whoever reads it."),
    requestId: z.string().optional().describe("Names the request in the server's log."),
    context: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .optional()
      .describe("Values that the error is about, by their names."),
  })
  .meta({ id: "Problem", description: "What went wrong: RFC 9457 problem details, with a code and the next step." });
export type Problem = z.infer<typeof problemSchema>;
