// Short beside what a caller waits for, and long beside what it costs to come back.
const LONGEST_MS = 10;

let cameBackAt = 0;

/**
 * To be awaited between two pieces of work that have all they need: what is there already is read without the event loop ever
 * getting its turn, and whoever asks for anything else waits for all of a shard, and for those of all other slots. Gives the loop a
 * turn when this process has been at such work for 10 ms, whichever of its callers did it.
 */
export async function letOthersIn(): Promise<void> {
  if (performance.now() - cameBackAt < LONGEST_MS) return;
  await new Promise<void>((resolve) => setImmediate(resolve));
  cameBackAt = performance.now();
}
