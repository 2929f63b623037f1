import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { ERROR_CODES } from "./errors/error-codes.ts";

export const MAX_SOURCES = 10_000;
/** Problems of a listing that are told in full; all are counted. */
export const MAX_LISTING_PROBLEMS = 20;

/** Which of the sources found become items. Globs are matched against the path below the source, `**` over folders. */
export const storedFilterSchema = z.object({
  /** Only sources that one of these matches; none: all. A pattern without `/` is matched against the last part alone. */
  include: z.array(z.string().min(1).max(1_000)).max(100).optional(),
  exclude: z.array(z.string().min(1).max(1_000)).max(100).optional(),
  minBytes: z.int().min(0).optional(),
  maxBytes: z.int().min(0).optional(),
  /** false: an archive is an item of its own, not a folder of them. */
  expandArchives: z.boolean().optional(),
});

/** All patterns of a filter together: each is matched against every source that is found. */
const MAX_PATTERN_CHARS = 10_000;

/** As it is asked for. */
export const sourceFilterSchema = closedObject(storedFilterSchema.shape)
  .refine(
    ({ include = [], exclude = [] }) =>
      [...include, ...exclude].reduce((sum, pattern) => sum + pattern.length, 0) <= MAX_PATTERN_CHARS,
    `the patterns have more than ${MAX_PATTERN_CHARS} characters together`,
  )
  .meta({ id: "SourceFilter" });
export type SourceFilter = z.infer<typeof sourceFilterSchema>;

export const listingProblemSchema = z.object({
  uri: z.string(),
  code: z.enum(ERROR_CODES),
  message: z.string(),
});

/** How the listing of a batch's `sources` stands. */
export const sourceListingSchema = z
  .object({
    /** `failed`: at least one source could not be listed to its end, so the batch is not all of what was asked for. */
    state: z.enum(["listing", "done", "failed"]),
    /** Sources given, and archives found in them. */
    sources: z.int(),
    done: z.int(),
    failed: z.int(),
    /** Left out by the filters. */
    filtered: z.int(),
    /** How many things could not be listed, and the first of them. */
    problemCount: z.int(),
    problems: z.array(listingProblemSchema),
    /** What is tried again later, and why. */
    waiting: listingProblemSchema.extend({ until: z.string() }).nullable(),
  })
  .meta({ id: "SourceListing" });
export type SourceListing = z.infer<typeof sourceListingSchema>;
