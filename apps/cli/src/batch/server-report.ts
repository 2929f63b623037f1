import type { ListingReport } from "@sluice/client";
import { type BatchStatus, displayUri } from "@sluice/contracts";

/** What the server could not list, in the words of a listing made here. */
export function serverReport({ listing }: BatchStatus): ListingReport {
  const problems = (listing?.problems ?? []).map(({ uri, code, message }) => ({
    uri,
    code,
    message: `${displayUri(uri)}: ${message}`,
  }));
  const skipped = { hidden: 0, dataDirs: 0, repeated: 0, filtered: listing?.filtered ?? 0 };
  return { problems, problemCount: listing?.problemCount ?? 0, skipped };
}
