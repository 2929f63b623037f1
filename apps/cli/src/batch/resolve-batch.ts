import type { SluiceClient } from "@sluice/client";
import { AppError, batchIdSchema } from "@sluice/contracts";
import { safeText } from "../output/safe-text.ts";

/** How far back the start of an id, which is a time, is looked for. */
const SEARCHED_BATCHES = 1_000;
const SHOWN_CANDIDATES = 5;

/** The id meant by a full id, a unique start of one, or `latest`. Throws NOT_FOUND, or USAGE for more than one. */
export async function resolveBatch(client: Pick<SluiceClient, "listBatches">, text: string): Promise<string> {
  const wanted = text.toLowerCase();
  if (batchIdSchema.safeParse(wanted).success) return wanted;
  if (wanted === "latest") {
    const [latest] = await client.listBatches({ limit: 1 });
    if (latest !== undefined) return latest.batchId;
    throw new AppError("NOT_FOUND", "there is no batch yet; `classify PATH` makes the first");
  }
  if (!/^[0-9a-f-]{4,36}$/.test(wanted)) {
    throw new AppError(
      "USAGE",
      `${safeText(text)} is no batch: give an id, at least 4 digits of its start, or \`latest\``,
    );
  }
  const listed = await client.listBatches({ limit: SEARCHED_BATCHES });
  const found = listed.filter((batch) => batch.batchId.startsWith(wanted)).map((batch) => batch.batchId);
  const [first] = found;
  if (first === undefined) throw new AppError("NOT_FOUND", `no batch starts with ${wanted}`);
  if (found.length === 1) return first;
  const shown = found.slice(0, SHOWN_CANDIDATES).join(", ");
  throw new AppError(
    "USAGE",
    `${found.length} batches start with ${wanted}: ${shown}${found.length > SHOWN_CANDIDATES ? ", …" : ""}`,
  );
}
