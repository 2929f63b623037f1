import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { ERROR_CODES } from "./errors/error-codes.ts";
import { timeSchema } from "./time.ts";

export const MAX_SOURCES = 10_000;
/** Problems of a listing that are told in full; all are counted. */
export const MAX_LISTING_PROBLEMS = 20;

/** Which of the sources found become items. Globs are matched against the path below the source, `**` over folders. */
export const storedFilterSchema = z.object({
  include: z
    .array(z.string().min(1).max(1_000))
    .max(100)
    .optional()
    .describe(
      "Only sources that one of these matches; none: all. A pattern without `/` is matched against the last part alone.",
    ),
  exclude: z
    .array(z.string().min(1).max(1_000))
    .max(100)
    .optional()
    .describe("Sources that one of these matches are left out, whatever `include` says."),
  minBytes: z.int().min(0).optional().describe("Smaller sources are left out, in bytes."),
  maxBytes: z.int().min(0).optional().describe("Larger sources are left out, in bytes."),
  expandArchives: z.boolean().optional().describe("false: an archive is an item of its own, not a folder of them."),
});

/** All patterns of a filter together: each is matched against every source that is found. */
const MAX_PATTERN_CHARS = 10_000;

export const sourceFilterSchema = closedObject(storedFilterSchema.shape)
  .refine(
    ({ include = [], exclude = [] }) =>
      [...include, ...exclude].reduce((sum, pattern) => sum + pattern.length, 0) <= MAX_PATTERN_CHARS,
    `the patterns have more than ${MAX_PATTERN_CHARS} characters together`,
  )
  .meta({
    id: "SourceFilter",
    description:
      "Which of the sources found become items. Globs are matched against the path below the source, `**` over folders.",
  });
export type SourceFilter = z.infer<typeof sourceFilterSchema>;

export const listingProblemSchema = z.object({
  uri: z.string().describe("What could not be listed."),
  code: z.enum(ERROR_CODES).describe("Which error, out of a closed list."),
  message: z.string().describe("What happened, to what, in words."),
});

export const sourceListingSchema = z
  .object({
    state: z
      .enum(["listing", "done", "failed"])
      .describe(
        "`failed`: at least one source could not be listed to its end, so the batch is not all of what was asked for.",
      ),
    sources: z.int().describe("Sources given, and archives found in them."),
    done: z.int().describe("How many of them are listed."),
    failed: z.int().describe("How many of them could not be."),
    filtered: z.int().describe("Sources that the filter left out."),
    problemCount: z.int().describe("How many things could not be listed."),
    problems: z.array(listingProblemSchema).describe("The first of them, at most 20."),
    waiting: listingProblemSchema
      .extend({ until: timeSchema.describe("When it is tried again; an ISO 8601 time in UTC.") })
      .nullable()
      .describe("What is tried again later, and why; null: nothing waits."),
  })
  .meta({ id: "SourceListing", description: "How the listing of a batch's `sources` stands." });
export type SourceListing = z.infer<typeof sourceListingSchema>;
