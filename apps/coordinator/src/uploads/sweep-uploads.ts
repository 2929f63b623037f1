import { AppError } from "@sluice/contracts";
import { waitOrAbort } from "@sluice/serverkit";
import { forgetUploads } from "./forget-uploads.ts";
import type { UploadParts } from "./upload-parts.ts";

const EVERY_MS = 3_600_000;
// Soon after a start, so that what a crash has left does not wait for an hour, and not while everything else starts.
const FIRST_MS = 60_000;

/** Forgets uploads once an hour until it is told to stop. A store or database that is away is met by the next hour. */
export async function sweepUploads(
  { database, blobs, logger, keepDays }: UploadParts & { keepDays: number },
  stop: AbortSignal,
): Promise<void> {
  if (blobs === null) return;
  await waitOrAbort(FIRST_MS, stop);
  while (!stop.aborted) {
    try {
      const forgotten = await forgetUploads({ database, blobs }, { keepDays, stop });
      if (Object.values(forgotten).some((count) => count > 0)) logger.info(forgotten, "uploads were forgotten");
    } catch (error) {
      if (error instanceof AppError) logger.warn({ code: error.code }, error.message);
      else logger.error({ err: error }, "uploads could not be swept; the next sweep tries again");
    }
    await waitOrAbort(EVERY_MS, stop);
  }
}
