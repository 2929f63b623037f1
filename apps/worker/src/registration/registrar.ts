import type { WorkerRegistered, WorkerRegistration } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";

// Where all parts start together, a worker is there before its coordinator: it asks often for a while, then ever less.
const FIRST_BACK_OFF_MS = 50;
const EAGER_TRIES = 40;
const MOST_BACK_OFF_MS = 5_000;
const UNREGISTER_TIMEOUT_MS = 1_000;

/** The calls to one coordinator. */
export interface CoordinatorCalls {
  readonly url: string;
  register(registration: WorkerRegistration): Promise<WorkerRegistered>;
  unregister(workerId: string): Promise<unknown>;
}

/**
 * Keeps a worker registered with every coordinator, each on its own: one that is down is asked again with back-off and
 * does not hold up the others. A registration that is not renewed expires, so silence ends it too.
 */
export class Registrar {
  readonly #coordinators: readonly CoordinatorCalls[];
  readonly #registration: () => WorkerRegistration;
  readonly #logger: Logger;
  readonly #onDrain: () => void;
  readonly #stopped = new AbortController();
  /** Until when (`performance.now()`) each coordinator counts on this worker. */
  readonly #knownUntil = new Map<CoordinatorCalls, number>();
  #loops: Promise<void>[] = [];
  #leaving: Promise<void> | null = null;

  constructor(options: {
    coordinators: readonly CoordinatorCalls[];
    registration: () => WorkerRegistration;
    logger: Logger;
    /** A coordinator says that this worker is to take no more work; said at every renewal. */
    onDrain: () => void;
  }) {
    this.#coordinators = options.coordinators;
    this.#registration = options.registration;
    this.#logger = options.logger;
    this.#onDrain = options.onDrain;
  }

  /** How many coordinators have this worker on their list, and how many there are to be. */
  get standing(): { registered: number; coordinators: number } {
    const now = performance.now();
    const registered = [...this.#knownUntil.values()].filter((until) => until > now).length;
    return { registered, coordinators: this.#coordinators.length };
  }

  start(): void {
    this.#loops = this.#coordinators.map((coordinator) => this.#keepRegistered(coordinator));
  }

  /** Ends renewing and takes the worker off every coordinator's list, as far as they answer. */
  stop(): Promise<void> {
    return (this.#leaving ??= this.#leave());
  }

  async #leave(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#loops);
    const { workerId } = this.#registration();
    const leave = async (coordinator: CoordinatorCalls): Promise<void> => {
      try {
        await Promise.race([coordinator.unregister(workerId), Bun.sleep(UNREGISTER_TIMEOUT_MS)]);
      } catch {
        // Its registration expires by itself.
      }
    };
    await Promise.all(this.#coordinators.map(leave));
  }

  async #keepRegistered(coordinator: CoordinatorCalls): Promise<void> {
    let known = false;
    let backOffMs = FIRST_BACK_OFF_MS;
    let failures = 0;
    let silenced = false;
    while (!this.#stopped.signal.aborted) {
      let waitMs: number;
      try {
        const askedAt = performance.now();
        const lease = await this.#untilStopped(coordinator.register(this.#registration()));
        this.#knownUntil.set(coordinator, askedAt + lease.expiresAfterMs);
        if (!known) this.#logger.info({ coordinator: coordinator.url }, "registered");
        known = true;
        silenced = false;
        backOffMs = FIRST_BACK_OFF_MS;
        failures = 0;
        waitMs = lease.renewEveryMs;
        if (lease.drain) this.#onDrain();
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        // While all start together this is no news.
        if (!silenced && (known || failures >= EAGER_TRIES)) {
          this.#logger.warn({ coordinator: coordinator.url, err: error }, "not registered, will try again");
          silenced = true;
        }
        known = false;
        failures += 1;
        waitMs = backOffMs;
        if (failures > EAGER_TRIES) backOffMs = Math.min(backOffMs * 2, MOST_BACK_OFF_MS);
      }
      await waitOrAbort(waitMs, this.#stopped.signal);
    }
  }

  async #untilStopped<Value>(call: Promise<Value>): Promise<Value> {
    const { promise, reject } = Promise.withResolvers<never>();
    const stop = () => reject(new Error("stopped"));
    this.#stopped.signal.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([call, promise]);
    } finally {
      this.#stopped.signal.removeEventListener("abort", stop);
    }
  }
}
