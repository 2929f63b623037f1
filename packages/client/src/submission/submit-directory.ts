import { AppError, displayUri, type SourceFilter } from "@sluice/contracts";
import { type ListingReport, SourceListing } from "./source-listing.ts";
import { resolveRoots } from "./resolve-roots.ts";
import { uploadSources } from "./upload-sources.ts";
import { type Submission, submitBatch, type SubmitBatchOptions } from "./submit-batch.ts";

export interface SubmitDirectoryOptions extends SubmitBatchOptions {
  /** Stop after so many files. */
  readonly limit?: number | undefined;
  /** Send the bytes to the server, for workers that cannot reach the files. Default: they read the same paths. */
  readonly upload?: boolean | undefined;
  /** Which files, and members of archives, are handed in; none: all. */
  readonly filter?: SourceFilter | undefined;
}

export interface DirectorySubmission extends Submission {
  /** What could not be listed, and what was left out on purpose. */
  readonly listing: ListingReport;
}

/**
 * Hands in every file below some folders (or files). The fleet's workers must be able to read them under the same paths,
 * unless they are uploaded. The order is that of the names, so that a submission that died can be gone on with by `resume`.
 *
 * Throws what `submitBatch` throws; PATH_NOT_FOUND or SOURCE_UNREADABLE for a root, NO_DOCUMENTS when there is no file.
 */
export async function submitDirectory(
  client: Parameters<typeof submitBatch>[0] & Parameters<typeof uploadSources>[0],
  directory: string | readonly string[],
  options: SubmitDirectoryOptions = {},
): Promise<DirectorySubmission> {
  const paths = typeof directory === "string" ? [directory] : directory;
  const roots = await resolveRoots(paths.map((path) => Buffer.from(path)));
  const listing = new SourceListing(roots, options.limit, options.filter);
  const sources = listing.sources();
  const first = await sources.next();
  if (first.done === true)
    throw new AppError("NO_DOCUMENTS", `there is no file below ${roots.map(displayUri).join(", ")}`);
  const name = options.name ?? nameOf(roots);
  const files = startingWith(first.value, sources);
  const handedIn =
    options.upload === true
      ? uploadSources(client, files, {
          onFault: (fault) => listing.leaveOut(fault),
          handedIn: options.resume?.items,
          signal: options.signal,
        })
      : files;
  const submission = await submitBatch(client, handedIn, { ...options, name });
  return { ...submission, listing: listing.report() };
}

/** The name of a batch whose submitter gave none. */
export function nameOf(roots: readonly string[]): string {
  return roots.map(displayUri).join(" ").slice(0, 500).toWellFormed();
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  yield* rest;
}
