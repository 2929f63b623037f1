import type { LabelledText } from "./measurement-sets.ts";

/** Rows of the training part, `perLabel` of each label (all where there are fewer), that follow from the seed; and all of the test part. */
export function drawRows(
  rows: readonly LabelledText[],
  { perLabel, seed }: { perLabel: number; seed: number },
): { train: LabelledText[]; test: LabelledText[] } {
  const taken = new Map<string, number>();
  const pool = rows.filter(({ part }) => part === "train");
  const train = shuffled(pool, chances(seed)).filter(({ category }) => {
    const count = taken.get(category) ?? 0;
    taken.set(category, count + 1);
    return count < perLabel;
  });
  return { train, test: rows.filter(({ part }) => part === "test") };
}

function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
