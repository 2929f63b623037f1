/** What a check found: all is well, or the reason why not. Facts are numbers and words for a person, nothing secret. */
export interface CheckResult {
  readonly ok: boolean;
  readonly reason?: string;
  readonly [fact: string]: string | number | boolean | null | undefined;
}

export type ReadyCheck = () => CheckResult | Promise<CheckResult>;

export interface ReadyReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

// A probe gives up after a few seconds; an answer that says what hangs is worth more to it than none.
const CHECK_LIMIT_MS = 2_000;
// Anybody may ask: asking often must not become work for the database.
const REMEMBER_MS = 1_000;

/** Whether a server can do its work: every check holds, and nobody has told it to stop. */
export class Readiness {
  readonly #checks: Readonly<Record<string, ReadyCheck>>;
  readonly #limitMs: number;
  #draining = false;
  #last: { readonly at: number; readonly found: Promise<Record<string, CheckResult>> } | null = null;

  constructor(checks: Readonly<Record<string, ReadyCheck>>, limitMs = CHECK_LIMIT_MS) {
    this.#checks = checks;
    this.#limitMs = limitMs;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** From now on it is not ready, whatever the checks say. */
  drain(): void {
    this.#draining = true;
  }

  async report(): Promise<ReadyReport> {
    const last = this.#last;
    if (last === null || performance.now() - last.at > REMEMBER_MS) {
      this.#last = { at: performance.now(), found: this.#lookAtAll() };
    }
    const found = (await this.#last?.found) ?? {};
    const draining: CheckResult = this.#draining ? { ok: false, reason: "it was told to stop" } : { ok: true };
    const checks = { ...found, draining };
    return { ready: Object.values(checks).every((check) => check.ok), checks };
  }

  async #lookAtAll(): Promise<Record<string, CheckResult>> {
    const entries = Object.entries(this.#checks).map(async ([name, check]) => [name, await this.#look(check)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  async #look(check: ReadyCheck): Promise<CheckResult> {
    const { promise, resolve } = Promise.withResolvers<CheckResult>();
    const timer = setTimeout(
      () => resolve({ ok: false, reason: `no answer within ${this.#limitMs} ms` }),
      this.#limitMs,
    );
    try {
      return await Promise.race([check(), promise]);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
      return { ok: false, reason: `the check failed with ${code}` };
    } finally {
      clearTimeout(timer);
    }
  }
}
