import type { SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";
import { resolveBatch } from "./resolve-batch.ts";

/** The item meant by BATCH/ITEM, where the batch is named as elsewhere. Throws USAGE or NOT_FOUND. */
export async function resolveItem(
  client: Pick<SluiceClient, "listBatches">,
  text: string,
): Promise<{ batchId: string; ordinal: number }> {
  const [, batch, ordinal] = /^(.+)\/(\d{1,9})$/.exec(text) ?? [];
  if (batch === undefined || ordinal === undefined) {
    throw new AppError("USAGE", `${safeText(text)} is no item: give BATCH/ITEM, as in latest/17`);
  }
  return { batchId: await resolveBatch(client, batch), ordinal: Number(ordinal) };
}
