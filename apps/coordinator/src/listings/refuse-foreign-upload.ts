import { parseSource } from "@sluice/contracts";
import { SourceFault } from "@sluice/sources/source-fault";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { batchMayHold } from "../uploads/holds-upload.ts";
import type { HeldListing } from "./take-listing.ts";

/** Not even the names in an archive are for whoever knows its hash alone. */
export async function refuseForeignUpload(
  { control }: Database,
  { batchId, source }: Pick<HeldListing, "batchId" | "source">,
): Promise<void> {
  const place = source.startsWith("upload:") ? parseSource(source)?.place : undefined;
  if (place?.scheme !== "upload") return;
  try {
    if (await batchMayHold(control, { batchId, contentHash: place.contentHash })) return;
  } catch (error) {
    throw translateDatabaseError(error);
  }
  throw new SourceFault("SOURCE_NOT_FOUND", "There is no such upload; it may have expired.");
}
