const MOST_EDITS = 2;

/** The name that was probably meant, at most two edits away and less than half of what was written; null when none is. */
export function nearestName(written: string, names: readonly string[]): string | null {
  let nearest: string | null = null;
  let fewest = Math.min(MOST_EDITS + 1, Math.ceil(written.length / 2));
  for (const name of names) {
    const count = edits(written.toLowerCase(), name);
    if (count < fewest) [nearest, fewest] = [name, count];
  }
  return nearest;
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). */
function edits(left: string, right: string): number {
  let before: number[] = [];
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    for (let at = 1; at <= right.length; at++) {
      const same = left[row - 1] === right[at - 1];
      let count = Math.min((above[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (above[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1])
        count = Math.min(count, (before[at - 2] ?? 0) + 1);
      line.push(count);
    }
    [before, above] = [above, line];
  }
  return above[right.length] ?? 0;
}
