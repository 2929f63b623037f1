import type { BatchStatus, BatchSummary, FailureRow } from "@sluice/contracts";
import type { ListingReport } from "../submission/source-listing.ts";
import { batchReport, type BatchReport, type FailureGroup, MAX_LISTED_FAILURES } from "./batch-report.ts";
import { FailureGroups } from "./group-failures.ts";

export interface ReportFacts {
  /** Default: from the batch's opening to its end, or to now, by the clocks of server and client. */
  readonly seconds?: number | undefined;
  /** What the listing could not hand in; nothing is known of it where somebody else has submitted. */
  readonly listing?: ListingReport | undefined;
  readonly superseded?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReportSource {
  summary(batchId: string, options?: { signal?: AbortSignal }): Promise<BatchSummary>;
  failures(batchId: string, options?: { signal?: AbortSignal }): AsyncIterable<FailureRow>;
}

const NO_LISTING: ListingReport = {
  problems: [],
  problemCount: 0,
  skipped: { hidden: 0, dataDirs: 0, repeated: 0, filtered: 0 },
};

/** Asks the server what became of a batch, failure by failure. Throws ApiError. */
export async function collectReport(
  client: ReportSource,
  batchId: string,
  facts: ReportFacts = {},
): Promise<{ report: BatchReport; groups: FailureGroup[] }> {
  const options = facts.signal === undefined ? {} : { signal: facts.signal };
  const { batch, categories } = await client.summary(batchId, options);
  const failures: { uri: string; code: string; message: string }[] = [];
  const groups = new FailureGroups();
  if (batch.extract.failed + batch.classify.failed > 0) {
    for await (const row of client.failures(batch.batchId, options)) {
      groups.add(row);
      const { uri, code, message } = row;
      if (failures.length < MAX_LISTED_FAILURES) failures.push({ uri, code, message });
    }
  }
  const report = batchReport(
    { batch, categories },
    {
      failures,
      listing: facts.listing ?? NO_LISTING,
      superseded: facts.superseded ?? [],
      seconds: facts.seconds ?? secondsOf(batch),
    },
  );
  return { report, groups: groups.sorted() };
}

function secondsOf(batch: BatchStatus): number {
  const end = batch.finishedAt === null ? Date.now() : Date.parse(batch.finishedAt);
  return Math.max(0, (end - Date.parse(batch.createdAt)) / 1_000);
}
