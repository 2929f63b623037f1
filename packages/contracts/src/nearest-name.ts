/** Longer names are no misspelling of any of ours, and the search costs the product of both lengths. */
const MOST_CHARS = 64;

/** The known name that was probably meant by an unknown one: up to a third of its letters apart; null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > MOST_CHARS) return null;
  const asked = plain(name);
  const [best] = known
    .map((each) => ({ each, distance: editsBetween(asked, plain(each)) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return best?.each ?? null;
}

/** `max_pages` and `MaxPages` are `maxPages` to whoever wrote them. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

/** How many letters are to be put in, left out, changed, or swapped with their neighbour. */
function editsBetween(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
