/**
 * The parts of a shard that keeps losing its workers. A document that was being read each time is set apart; when the
 * losses do not agree on one, the shard is halved.
 */
export function splitShard(ordinals: readonly number[], suspect: number | null): number[][] {
  if (suspect !== null && ordinals.includes(suspect)) {
    return [[suspect], ordinals.filter((ordinal) => ordinal !== suspect)].filter((part) => part.length > 0);
  }
  const middle = Math.ceil(ordinals.length / 2);
  return [ordinals.slice(0, middle), ordinals.slice(middle)].filter((part) => part.length > 0);
}
