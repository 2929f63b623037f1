interface Stoppable {
  stop(): Promise<void>;
}

type Start<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Starts several things side by side. When one fails, the others are told by the signal, those that have started all the
 * same are stopped, and the first error is thrown.
 */
export async function startTogether<const Starts extends readonly Start<Stoppable | null>[]>(
  starts: Starts,
  outer?: AbortSignal,
): Promise<{ -readonly [Index in keyof Starts]: Awaited<ReturnType<Starts[Index]>> }> {
  const inner = new AbortController();
  const signal = outer === undefined ? inner.signal : AbortSignal.any([outer, inner.signal]);
  let first: { error: unknown } | null = null;
  const results = await Promise.all(
    starts.map(async (start) => {
      try {
        return await start(signal);
      } catch (error) {
        first ??= { error };
        inner.abort(error);
        return null;
      }
    }),
  );
  const failed = first as { error: unknown } | null;
  if (failed === null && outer?.aborted !== true) {
    return results as { -readonly [Index in keyof Starts]: Awaited<ReturnType<Starts[Index]>> };
  }
  for (const result of results.toReversed()) await result?.stop();
  throw outer?.aborted === true ? outer.reason : failed?.error;
}
