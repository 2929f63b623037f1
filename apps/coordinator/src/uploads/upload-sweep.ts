import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Database } from "../db/database.ts";
import { forgetUploads } from "./forget-uploads.ts";

const EVERY_MS = 3_600_000;
// Soon after a start, so that what a crash has left does not wait for an hour, and not while everything else starts.
const FIRST_MS = 60_000;

/** The loop that forgets uploads once an hour. A store that is away is asked more and more rarely: a sweep lists all of it. */
export function uploadSweep(
  { database, blobs, logger }: { database: Database; blobs: BlobStore; logger: Logger },
  keepDays: number,
): BackgroundLoop {
  return new BackgroundLoop({
    name: "uploads",
    everyMs: EVERY_MS,
    apartMs: EVERY_MS,
    firstMs: FIRST_MS,
    longestBackOffMs: EVERY_MS,
    logger,
    step: async (stop) => {
      const forgotten = await forgetUploads({ database, blobs }, { keepDays, stop });
      if (Object.values(forgotten).some((count) => count > 0)) logger.info(forgotten, "uploads were forgotten");
      return EVERY_MS;
    },
  });
}
