import { nameOf, type SluiceClient, submissionKey } from "@sluice/client";
import type { BatchOptionsInput, SourceFilter } from "@sluice/contracts";
import { serverReport } from "./server-report.ts";
import type { RootsSubmission } from "./submit-roots.ts";

/** Opens a batch whose sources the server lists: nothing of it depends on this process from then on. */
export async function openSources(
  client: SluiceClient,
  request: {
    readonly sources: readonly string[];
    readonly filter: SourceFilter;
    readonly name: string | undefined;
    readonly options: BatchOptionsInput;
    readonly passwords: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<RootsSubmission> {
  const { sources, filter, name, options, passwords, signal } = request;
  const { batch, superseded } = await client.openBatch(
    {
      name: name ?? nameOf(sources),
      options,
      passwords: [...passwords],
      submissionKey: submissionKey(sources, options, undefined, filter),
      supersede: true,
      sources: [...sources],
      filter,
    },
    { signal },
  );
  return { batch, items: batch.items, resumedAt: 0, superseded, listing: serverReport(batch) };
}
