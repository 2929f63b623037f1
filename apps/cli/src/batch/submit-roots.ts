import {
  nameOf,
  type SluiceClient,
  SourceListing,
  submissionKey,
  type ListingReport,
  uploadSources,
} from "@sluice/client";
import { AppError, type BatchOptionsInput, type BatchStatus, type SourceFilter } from "@sluice/contracts";
import type { ProgressView } from "../output/progress-view.ts";
import { SubmissionJournal } from "./submission-journal.ts";

export interface SubmitRootsRequest {
  readonly client: SluiceClient;
  /** File URIs. */
  readonly roots: readonly string[];
  readonly filter: SourceFilter;
  readonly name: string | undefined;
  readonly options: BatchOptionsInput;
  readonly passwords: readonly string[];
  readonly limit: number | undefined;
  /** Send the bytes along, for workers that cannot reach the files. */
  readonly upload: boolean;
  /** Go on with what the same command has left behind. */
  readonly resume: boolean;
  /** Where that is written down. */
  readonly stateDir: string;
  readonly view: ProgressView | null;
  /** Ends the submission where it stands. */
  readonly signal: AbortSignal;
}

export interface RootsSubmission {
  readonly batch: BatchStatus;
  readonly items: number;
  /** How many of them an earlier process had handed in. */
  readonly resumedAt: number;
  readonly superseded: readonly string[];
  readonly listing: ListingReport;
}

/**
 * Hands in what lies below some roots and seals the batch. After a death of the process the same request goes on behind
 * what the server has, unless other files are there by now: then it is handed in anew, and what is done is found so.
 */
export async function submitRoots(request: SubmitRootsRequest): Promise<RootsSubmission> {
  const { client, roots, filter, options, limit } = request;
  const key = submissionKey(roots, options, limit, filter);
  const journal = await SubmissionJournal.open(
    request.stateDir,
    { server: client.baseUrl, key: request.upload ? `${key} upload` : key },
    { resume: request.resume },
  );
  if (journal.checkpoint !== null && !(await canGoOn(client, journal.checkpoint.batchId))) journal.restart();
  try {
    return await submitOnce(request, key, journal);
  } catch (error) {
    if (!(error instanceof AppError) || !STARTS_ANEW.has(error.code)) throw error;
    journal.restart();
    return await submitOnce(request, key, journal);
  }
}

/** Other files, or another way to ask for them, than what the journal speaks of. */
const STARTS_ANEW: ReadonlySet<string> = new Set(["CONFLICT", "ORDINAL_CONFLICT", "BATCH_NOT_OPEN", "KEY_REUSED"]);

async function submitOnce(
  { client, roots, filter, options, passwords, limit, upload, name, view, signal }: SubmitRootsRequest,
  key: string,
  journal: SubmissionJournal,
): Promise<RootsSubmission> {
  const { checkpoint } = journal;
  const listing = new SourceListing(roots, limit, filter);
  const files = listing.sources();
  const sources = upload
    ? uploadSources(client, files, {
        onFault: (fault) => listing.leaveOut(fault),
        below: process.cwd(),
        handedIn: checkpoint?.items,
        unfinished: journal.unfinished,
        signal,
      })
    : files;
  const { batch, items, superseded } = await client.submitBatch(sources, {
    name: name ?? nameOf(roots),
    options,
    passwords,
    submissionKey: key,
    ...(checkpoint === null ? { idempotencyKey: journal.idempotencyKey } : { resume: checkpoint }),
    onOpened: (opened) => view?.observe(opened),
    onCheckpoint: (reached) => journal.advance(reached),
    onListed: (count) => view?.listed(count, false),
    signal,
  });
  await journal.end();
  return { batch, items, resumedAt: checkpoint?.items ?? 0, superseded, listing: listing.report() };
}

async function canGoOn(client: SluiceClient, batchId: string): Promise<boolean> {
  try {
    const { state } = await client.getBatch(batchId);
    return state === "open" || state === "sealed";
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return false;
    throw error;
  }
}
