import { itemSubmissionSchema, openBatchRequestSchema } from "@sluice/contracts";
import { z } from "zod";

/** What a client process is to hand in, as a file. */
export const jobSchema = z.object({
  /** Coordinators, in the order in which they are tried. */
  urls: z.array(z.url()).min(1),
  token: z.string(),
  /** Names the submission; what a client that died before it wrote the batch's id down goes by. */
  name: z.string(),
  options: openBatchRequestSchema.shape.options,
  carrier: z.enum(["files", "uploads", "bucket"]),
  items: z.array(itemSubmissionSchema),
  /** What is uploaded, by ordinal. */
  files: z.array(z.string()),
  piecesEvery: z.int(),
  /** What coordinators are to list, where the items come from a bucket. */
  sources: z.array(z.string()),
  chunk: z.int().min(1),
  restMs: z.int().min(0),
  /** Where it writes down how far it has come. */
  journal: z.string(),
});
export type Job = z.input<typeof jobSchema>;

/** The lines of the journal. */
export const journalLineSchema = z.union([
  z.object({ opened: z.uuid() }),
  /** An upload in pieces has begun. */
  z.object({ begun: z.string(), ordinal: z.int() }),
  z.object({ sealed: z.int() }),
  /** It is over before everything was handed in: somebody cancelled it. */
  z.object({ refused: z.string() }),
]);
export type JournalLine = z.infer<typeof journalLineSchema>;
