import {
  type SluiceClient,
  type ListingReport,
  SourceListing,
  nameOf,
  submissionKey,
  submitItems,
} from "@sluice/client";
import { AppError, type BatchOptionsInput, type BatchStatus, type SourceFilter } from "@sluice/contracts";
import type { ProgressView } from "../output/progress-view.ts";
import type { ReachedCluster } from "../cluster/reach-cluster.ts";
import { whenWorkersCome } from "../cluster/when-workers-come.ts";
import type { GivenSources } from "./read-sources.ts";
import { serverReport } from "./server-report.ts";

export interface RunBatchRequest {
  readonly cluster: Pick<ReachedCluster, "client" | "own" | "failure">;
  readonly given: GivenSources;
  readonly filter: SourceFilter;
  readonly options: BatchOptionsInput;
  readonly passwords: readonly string[];
  readonly limit: number | undefined;
  readonly view: ProgressView | null;
  /** Aborts the run: what is done is kept, the rest of the batch is cancelled. */
  readonly signal: AbortSignal;
}

export interface BatchRun {
  readonly batch: BatchStatus;
  readonly superseded: readonly string[];
  readonly listing: ListingReport;
  readonly seconds: number;
  readonly interrupted: boolean;
}

/** Longest wait for the cancellation of an interrupted batch; a person is waiting for their prompt. */
const CANCEL_WITHIN_MS = 5_000;

/** One submission from its opening to its end: items are handed in while the first of them are being read. */
export async function runBatch(request: RunBatchRequest): Promise<BatchRun> {
  const { cluster, given, filter, options, passwords, limit, view, signal } = request;
  const { client } = cluster;
  const here = given.kind === "here";
  const roots = here ? given.roots : given.sources;
  const listing = new SourceListing(here ? roots : [], limit, filter);
  if (signal.aborted) throw new AppError("INTERRUPTED", "interrupted before anything was handed in");
  const name = nameOf(roots);
  const key = submissionKey(roots, options, limit, filter);
  const opened = await whenWorkersCome(
    cluster,
    () =>
      client.openBatch({
        name,
        options,
        passwords: [...passwords],
        submissionKey: key,
        supersede: true,
        ...(here ? {} : { sources: [...roots], filter }),
      }),
    signal,
  );
  const startedMs = performance.now();
  const { batchId } = opened.batch;
  const interrupted = () => signal.aborted;

  const submit = async () => {
    if (!here) return;
    const items = await submitItems(client, batchId, listing.sources(), {
      signal,
      onListed: (count) => view?.listed(count, false),
    });
    if (interrupted()) return;
    view?.listed(items, true);
    await client.sealBatch(batchId, items, { signal });
  };
  const watching = new AbortController();
  const stopWatching = () => watching.abort();
  signal.addEventListener("abort", stopWatching, { once: true });
  const watch = async () => {
    for await (const status of client.watchBatch(batchId, { signal: watching.signal })) {
      if (!here) view?.listed(status.items, status.listing?.state !== "listing");
      view?.observe(status);
    }
  };
  try {
    await Promise.race([Promise.all([submit(), watch()]), cluster.failure, abortion(signal)]);
  } catch (error) {
    if (!interrupted()) throw error;
  } finally {
    stopWatching();
    signal.removeEventListener("abort", stopWatching);
  }
  const batch = interrupted() ? await cancelRest(client, batchId, opened.batch) : await client.getBatch(batchId);
  return {
    batch,
    superseded: opened.superseded,
    listing: here ? listing.report() : serverReport(batch),
    seconds: (performance.now() - startedMs) / 1_000,
    interrupted: interrupted(),
  };
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new AppError("INTERRUPTED", "interrupted"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

/** The batch after its cancellation; where nobody answers any more, as it was last known. */
async function cancelRest(client: SluiceClient, batchId: string, last: BatchStatus): Promise<BatchStatus> {
  const tooLate = new Promise<BatchStatus>((resolve) => setTimeout(resolve, CANCEL_WITHIN_MS, last));
  const cancelled = client.cancelBatch(batchId).catch(() => last);
  return Promise.race([cancelled, tooLate]);
}
