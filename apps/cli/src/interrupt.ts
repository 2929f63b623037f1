import { EXIT } from "./exit-code.ts";

/**
 * SIGINT, SIGTERM and SIGHUP. Until a command takes charge, a signal ends the process at once: the parts it started die
 * with it. Once it has, the first signal asks it to finish in order, and the second ends the process all the same.
 */
export class Interrupt {
  readonly #controller = new AbortController();
  #taken = false;

  constructor() {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => this.#receive());
  }

  /** Takes charge of the first signal. */
  take(): AbortSignal {
    this.#taken = true;
    return this.#controller.signal;
  }

  #receive(): void {
    if (!this.#taken || this.#controller.signal.aborted) process.exit(EXIT.interrupted);
    this.#controller.abort();
  }
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
