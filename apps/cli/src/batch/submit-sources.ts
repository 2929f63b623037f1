import type { SluiceClient } from "@sluice/client";
import { FIRST_CHUNK_ITEMS, type ItemSubmission, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";

/** A file as it was listed; its ordinal is given when it is handed in. */
export type ListedSource = Omit<ItemSubmission, "ordinal">;

/** A slow listing, such as of a network share, hands in what it has after this time: work starts meanwhile. */
const CHUNK_EVERY_MS = 250;

/**
 * Hands sources in as items in the order in which they are listed, in chunks, the first one small, until the listing ends or the signal
 * aborts. `onListed` hears the count so far. Returns how many items were handed in.
 */
export async function submitSources(
  client: Pick<SluiceClient, "appendItems">,
  batchId: string,
  sources: AsyncIterable<ListedSource>,
  options: { readonly signal: AbortSignal; readonly onListed?: (count: number) => void },
): Promise<number> {
  let ordinal = 0;
  let chunk: ItemSubmission[] = [];
  let chunkSinceMs = performance.now();
  const send = async () => {
    if (chunk.length > 0) await client.appendItems(batchId, chunk);
    chunk = [];
  };
  for await (const source of sources) {
    if (options.signal.aborted) return ordinal - chunk.length;
    if (chunk.length === 0) chunkSinceMs = performance.now();
    chunk.push({ ordinal, ...source });
    ordinal += 1;
    options.onListed?.(ordinal);
    const enough = ordinal === chunk.length ? FIRST_CHUNK_ITEMS : MAX_ITEMS_PER_CHUNK;
    if (chunk.length >= enough || performance.now() - chunkSinceMs >= CHUNK_EVERY_MS) await send();
  }
  if (options.signal.aborted) return ordinal - chunk.length;
  await send();
  return ordinal;
}
