import { ApiError, pause, type SluiceClient } from "@sluice/client";
import type { Fleet } from "@sluice/testkit";
import type { PlannedExport } from "../plan/plan.ts";
import type { BookedBatch } from "./book.ts";
import type { SubmitParts } from "./submit.ts";

/** No end of an export in a storm is waited for longer. */
const PATIENCE_MS = 60_000;
/** A reader that takes its time: what is still to come is not in the buffers of the way. */
const READER_REST_MS = 20;

/** All of an export, as a user has it: lines and tables go on behind a broken connection, Parquet fails. */
export async function exportBytes(
  client: SluiceClient,
  batchId: string,
  { rows, format }: Pick<PlannedExport, "rows" | "format">,
  { signal, onChunk }: { signal?: AbortSignal; onChunk?: (bytes: number) => Promise<void> } = {},
): Promise<Buffer> {
  const options = { format, ...(signal === undefined ? {} : { signal }) };
  const chunks: Uint8Array[] = [];
  const bytes = rows === "results" ? client.exportResults(batchId, options) : client.exportPages(batchId, options);
  for await (const chunk of bytes) {
    chunks.push(chunk);
    await onChunk?.(chunk.length);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads an export while things break. Of a batch that had ended before, what comes to an end without an error must be whole: it
 * is booked, and held against the same export at the quiet point.
 */
export async function readExport(
  parts: SubmitParts,
  planned: PlannedExport,
  batches: readonly BookedBatch[],
): Promise<void> {
  const { fleet, book, log, signal } = parts;
  // Those with many pages rather than others: only a long answer can be cut.
  const there = batches
    .filter(({ batchId }) => batchId !== null)
    .toSorted((left, right) => pagesOf(right) - pagesOf(left));
  const batch = there[Math.floor(planned.pick ** 2 * there.length)];
  if (batch?.batchId === undefined || batch.batchId === null) {
    book.count("exports of nothing");
    return;
  }
  const { batchId } = batch;
  const { rows, format } = planned;
  const about = { name: batch.submission.name, rows, format };
  const impatience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  let came = 0;
  try {
    const { state, index } = await firstAnswer(fleet, batchId, planned.pick, impatience);
    const client = fleet.clients[index];
    if (client === undefined) throw new Error("there is no coordinator to ask");
    const retriesBefore = batch.retries;
    const bytes = await exportBytes(client, batchId, planned, {
      signal: impatience,
      onChunk: async (length) => {
        if (came === 0 && planned.reset) await fleet.edge("client", `coordinator-${index + 1}`).proxy.reset();
        came += length;
        await pause(READER_REST_MS, impatience);
      },
    });
    book.count(`exported: ${format}`);
    log.note("exported", { ...about, state, bytes: bytes.length });
    // Its rows must not have changed meanwhile: what is cancelled or done does not, unless failures are tried again.
    if ((state !== "done" && state !== "cancelled") || retriesBefore !== batch.retries) return;
    const sha256 = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
    book.exports.push({ batch, rows, format, sha256, bytes: bytes.length, retries: batch.retries });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DOMException) && !(error instanceof ApiError)) throw error;
    book.count(`export ${came > 0 ? "cut" : "not begun"}: ${format}`);
    log.note("export failed", { ...about, came, error: String(error) });
  }
}

/** How the batch stands, by the first coordinator that says so. */
async function firstAnswer(fleet: Fleet, batchId: string, pick: number, signal: AbortSignal) {
  const first = Math.floor(pick * 997);
  for (let turn = 0; ; turn += 1) {
    const index = (first + turn) % fleet.clients.length;
    try {
      const status = await fleet.clients[index]?.getBatch(batchId, { signal });
      if (status !== undefined) return { state: status.state, index };
    } catch (error) {
      if (!(error instanceof ApiError) || (!error.retryable && error.status < 500)) throw error;
    }
    await pause(READER_REST_MS, signal);
  }
}

function pagesOf({ items }: BookedBatch): number {
  return items.reduce((sum, { document }) => sum + document.pageCount, 0);
}
