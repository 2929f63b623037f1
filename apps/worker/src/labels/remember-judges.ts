/** As many as batches are judged by beside each other. */
const KEEP = 4;

/** Keeps what was made last for a few keys: compiling a taxonomy, or loading a model, takes longer than judging a shard. */
export function rememberJudges<Judge>(make: (key: string) => Judge): (key: string) => Judge {
  const kept = new Map<string, Judge>();
  return (key) => {
    const judge = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, judge);
    const [oldest] = kept.keys();
    if (kept.size > KEEP && oldest !== undefined) kept.delete(oldest);
    return judge;
  };
}
