import { AppError, type BatchStatus } from "@sluice/contracts";
import { ApiCalls } from "./api-calls.ts";
import { allCalls } from "./calls/all-calls.ts";
import { batchProgress, type BatchProgress } from "./progress/batch-progress.ts";
import { waitForBatch, type WaitOptions } from "./progress/wait-for-batch.ts";
import type { WatchOptions } from "./resumed-events.ts";
import { type Submission, submitBatch, type SubmitBatchOptions } from "./submission/submit-batch.ts";
import {
  type DirectorySubmission,
  submitDirectory,
  type SubmitDirectoryOptions,
} from "./submission/submit-directory.ts";
import type { SourceSubmission } from "./submission/submit-items.ts";
import type { BatchReport } from "./summary/batch-report.ts";
import { collectReport, type ReportFacts } from "./summary/collect-report.ts";

export interface SluiceClientOptions {
  /** Where a coordinator listens, `http://host:port`; a path before `/v1` is kept. */
  baseUrl: string;
  token?: string;
  fetch?: typeof fetch;
  /** Default 30 s; see `HttpTarget.timeoutMs`. */
  timeoutMs?: number;
}

/** The operations of the API, as `calls/` has them. */
// The constructor puts there what the type says: both are of one function.
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export interface SluiceClient extends ReturnType<typeof allCalls> {}

/**
 * A coordinator's API, typed: every answer is parsed, every failure is an ApiError with the server's code, or UNREACHABLE
 * when nothing answered. Reads, and changes that may be made twice, are sent again after failures that can pass (at most
 * six times, with back-off, as Retry-After asks); the others are sent once.
 *
 * Most programs need `submitDirectory` or `submitBatch`, `waitForBatch`, and `results`. Here is what is made of several calls;
 * the calls themselves are in `calls/`, a file for each resource, and are methods of this class as well.
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging
export class SluiceClient {
  readonly baseUrl: string;

  constructor(options: SluiceClientOptions) {
    this.baseUrl = normalBaseUrl(options.baseUrl);
    const calls = new ApiCalls({
      baseUrl: this.baseUrl,
      token: options.token ?? null,
      fetch: options.fetch ?? fetch,
      timeoutMs: options.timeoutMs ?? 30_000,
    });
    Object.assign(this, allCalls(calls));
  }

  /** Hands in every file below folders and seals the batch; see `submitDirectory`. */
  submitDirectory(
    directory: string | readonly string[],
    options: SubmitDirectoryOptions = {},
  ): Promise<DirectorySubmission> {
    return submitDirectory(this, directory, options);
  }

  /** Hands in sources and seals the batch; see `submitBatch`. */
  submitBatch(
    sources: Iterable<SourceSubmission> | AsyncIterable<SourceSubmission>,
    options: SubmitBatchOptions = {},
  ): Promise<Submission> {
    return submitBatch(this, sources, options);
  }

  /** Resolves when the batch is done or cancelled, through restarts of the server. Aborting ends the waiting only. */
  waitForBatch(batchId: string, options: WaitOptions = {}): Promise<BatchStatus> {
    return waitForBatch(this.watchBatch(batchId, watchOptions(options)), options);
  }

  /** How the batch goes, at once and at every change, to its end. */
  progress(batchId: string, options: WatchOptions = {}): AsyncIterable<BatchProgress> {
    return batchProgress(this.watchBatch(batchId, options));
  }

  /** What became of a batch, with rates and failures. */
  async report(batchId: string, facts: ReportFacts = {}): Promise<BatchReport> {
    return (await collectReport(this, batchId, facts)).report;
  }
}

function watchOptions({ signal, giveUpAfterMs }: WaitOptions): WatchOptions {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(giveUpAfterMs === undefined ? {} : { giveUpAfterMs }),
  };
}

function normalBaseUrl(text: string): string {
  // `URL.parse` is younger than the oldest Node that this runs on.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("USAGE", `"${text}" is no address of a coordinator; expected http://host:port`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
