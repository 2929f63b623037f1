import type { NewShard } from "../queue/shard-job.ts";

/**
 * How pending items become shards: about a second of work each, which is long against the 10 ms that dispatch and
 * commit cost, and short against what a dead worker or a cancel throws away.
 */
// At a few milliseconds for a usual document of 10 to 20 pages.
const MAX_DOCUMENTS = 64;
// An engine reads some 30 MB a second; results of 24 MB of documents stay well below the 8 MB that are held in memory.
const MAX_BYTES = 24 << 20;
// Each slot should get several shards of a chunk, or one slot works on the last shard while the others stand idle.
const SHARDS_PER_SLOT = 3;

export interface ShardableItem {
  readonly ordinal: number;
  readonly sizeBytes: number;
}

/**
 * `slots`: how many shards the live workers of this build take at a time; 0 when there is none to be fair to. Items stay
 * in order; a huge one is alone.
 */
export function formShards(items: readonly ShardableItem[], slots: number): NewShard[] {
  const parts = Math.max(1, slots * SHARDS_PER_SLOT);
  const maxDocuments = Math.min(MAX_DOCUMENTS, Math.max(1, Math.ceil(items.length / parts)));
  const totalBytes = items.reduce((sum, item) => sum + item.sizeBytes, 0);
  const fairBytes = Math.ceil(totalBytes / parts);
  // Below a megabyte, documents are alike in cost and splitting by bytes gains nothing.
  const maxBytes = Math.min(MAX_BYTES, Math.max(1 << 20, fairBytes));
  const shards: NewShard[] = [];
  let ordinals: number[] = [];
  let bytes = 0;
  const close = () => {
    if (ordinals.length > 0) shards.push({ id: Bun.randomUUIDv7(), ordinals });
    ordinals = [];
    bytes = 0;
  };
  for (const item of items) {
    if (ordinals.length >= maxDocuments || (ordinals.length > 0 && bytes + item.sizeBytes > maxBytes)) close();
    ordinals.push(item.ordinal);
    bytes += item.sizeBytes;
  }
  close();
  return shards;
}
