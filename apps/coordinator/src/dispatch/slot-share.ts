/**
 * How many of a worker's slots are one coordinator's, of several that live side by side: as equal parts as there can be,
 * those left over by turns, begun at another one for each worker. All coordinators come to the same, and the shares of a
 * worker add up to its slots.
 *
 * `rank`: its place among the `coordinators`, from 0.
 */
export function slotShare(
  worker: { readonly workerId: string; readonly slots: number },
  { rank, coordinators }: { readonly rank: number; readonly coordinators: number },
): number {
  const part = Math.floor(worker.slots / coordinators);
  const turn = (rank + lastDigits(worker.workerId)) % coordinators;
  return turn < worker.slots % coordinators ? part + 1 : part;
}

/** Of a UUID: these are random in every version of them. */
function lastDigits(uuid: string): number {
  return Number.parseInt(uuid.slice(-6), 16);
}
