/** Says that something has changed. Whoever waits says what he has seen, so that nothing falls between a look and a wait. */
export class News {
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** How often something has changed. */
  get version(): number {
    return this.#version;
  }

  announce(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** Returns what ends the listening. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Waits until one of several has changed since it was seen, for no longer than `atMostMs` or the signal. */
export async function awaitNews(
  seen: readonly (readonly [news: News, version: number])[],
  atMostMs: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted || seen.some(([news, version]) => news.version !== version)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  const timer = setTimeout(done, atMostMs);
  signal.addEventListener("abort", done, { once: true });
  const ends = seen.map(([news]) => news.listen(done));
  await promise;
  for (const end of ends) end();
  clearTimeout(timer);
  signal.removeEventListener("abort", done);
}
