/**
 * Waits until a condition holds and returns what it gave: the first value that is neither false, null nor undefined. A
 * condition that throws does not hold yet. Fails after 20 s, saying what was awaited and what was last seen.
 */
export async function waitUntil<T>(
  what: string,
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + (options.timeoutMs ?? 20_000);
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== false && value !== null && value !== undefined)
        return value as Exclude<T, false | null | undefined>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline) throw new Error(`waited in vain until ${what}; last seen: ${String(last)}`);
    await Bun.sleep(options.everyMs ?? 20);
  }
}
