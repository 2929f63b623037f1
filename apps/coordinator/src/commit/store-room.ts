/** Commits that wait for space are tried again every 3 s: when none has been refused for this long, none waits any more. */
const REMEMBER_MS = 15_000;

/** Whether PostgreSQL has space for results, by what becomes of commits: its files may lie where nobody else can look. */
export class StoreRoom {
  readonly #now: () => number;
  #refused: { readonly first: number; readonly last: number } | null = null;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** A commit found no space left. */
  refuse(): void {
    this.#refused = { first: this.#refusal()?.first ?? this.#now(), last: this.#now() };
  }

  /** A shard was stored. */
  stored(): void {
    this.#refused = null;
  }

  /** How long commits have found no space by now, or null when they do or none is waiting. */
  get fullForMs(): number | null {
    const refusal = this.#refusal();
    return refusal === null ? null : this.#now() - refusal.first;
  }

  #refusal() {
    return this.#refused !== null && this.#now() - this.#refused.last > REMEMBER_MS ? null : this.#refused;
  }
}
