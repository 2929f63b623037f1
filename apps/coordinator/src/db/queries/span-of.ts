/**
 * The first and the last of some ordinals. A statement on items of a shard says these too: a server without fresh statistics
 * takes the batch's id alone for selective, and would read the whole batch for each shard. Shards that are formed together
 * lie beside each other, so what lies between the ordinals of one is little, or is read once for all.
 */
export function spanOf(ordinals: readonly number[]): [first: number, last: number] {
  let first = Infinity;
  let last = -Infinity;
  for (const ordinal of ordinals) {
    if (ordinal < first) first = ordinal;
    if (ordinal > last) last = ordinal;
  }
  return first <= last ? [first, last] : [0, -1];
}
