import { MOST_COMMIT_DOCUMENTS } from "@sluice/contracts";
import type { NewShard } from "../queue/shard-job.ts";

/**
 * How pending items become shards. A shard costs some 20 ms to fetch, hand out and commit, in which its slot may stand idle: up to
 * half a second of work each keeps that small, and is short against what a dead worker or a cancel throws away.
 */
// An engine reads some 100 MB a second, and results of 64 MB of documents stay below the 8 MB that are held in memory.
const MAX_BYTES = 64 << 20;
// Below a megabyte, documents are alike in cost and splitting by bytes gains nothing.
const FEWEST_BYTES = 1 << 20;
/**
 * Guided self-scheduling (Polychronopoulos and Kuck, 1987): a shard takes its slot's part of half of what is left, so that the
 * last ones are small and no slot works long on the last one while the others stand idle.
 */
const SHARDS_LEFT_PER_SLOT = 2;
// Unless there are not enough for all slots.
const FEWEST_DOCUMENTS = 8;

export interface ShardableItem {
  readonly ordinal: number;
  readonly sizeBytes: number;
}

/**
 * `slots`: how many shards the live workers of this build take at a time; 0 when there is none to be fair to. Items stay
 * in order; a huge one is alone. `mostDocuments` is what the batch allows of a shard.
 */
export function formShards(
  items: readonly ShardableItem[],
  slots: number,
  mostDocuments = MOST_COMMIT_DOCUMENTS,
): NewShard[] {
  const parts = Math.max(1, slots * SHARDS_LEFT_PER_SLOT);
  const fewest = Math.min(FEWEST_DOCUMENTS, Math.max(1, Math.ceil(items.length / parts)));
  let bytesLeft = items.reduce((sum, item) => sum + item.sizeBytes, 0);
  const shards: NewShard[] = [];
  for (let at = 0; at < items.length;) {
    const documents = Math.min(mostDocuments, Math.max(fewest, Math.ceil((items.length - at) / parts)));
    const maxBytes = Math.min(MAX_BYTES, Math.max(FEWEST_BYTES, bytesLeft / parts));
    const taken = takeUpTo(items, at, documents, maxBytes);
    shards.push({ id: Bun.randomUUIDv7(), ordinals: taken.map((item) => item.ordinal) });
    at += taken.length;
    bytesLeft -= taken.reduce((sum, item) => sum + item.sizeBytes, 0);
  }
  return shards;
}

/** One item at least. */
function takeUpTo(
  items: readonly ShardableItem[],
  from: number,
  documents: number,
  maxBytes: number,
): readonly ShardableItem[] {
  let end = from;
  let bytes = 0;
  while (end < items.length && end - from < documents) {
    bytes += items[end]?.sizeBytes ?? 0;
    if (end > from && bytes > maxBytes) break;
    end += 1;
  }
  return items.slice(from, end);
}
