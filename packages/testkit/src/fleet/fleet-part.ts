import { processTree } from "../process-tree.ts";
import { waitUntil } from "../wait-until.ts";
import type { FleetHost } from "./fleet-network.ts";

export type FleetPartKind = "postgres" | "coordinator" | "worker" | "service";

/** What runs, as the launcher gives it. */
export interface RunningProcess {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface FleetPartOptions {
  name: string;
  kind: FleetPartKind;
  host: FleetHost;
  start: (signal: AbortSignal) => Promise<RunningProcess>;
  /** It listens now, or does no more. */
  onListening: (listening: boolean) => Promise<void>;
  /** It ended without having been told to. */
  onDeath: (name: string, how: unknown) => void;
}

/** What a supervisor waits before it starts a part again. */
const RESTART_AFTER_MS = 250;
const UP_TIMEOUT_MS = 180_000;

/**
 * A program of the fleet with its supervisor: `down`, `starting` or `up`. Wanted up, it is started again when it dies by
 * itself or cannot start; after `kill` or `stop` it stays down until `start`.
 */
export class FleetPart {
  readonly name: string;
  readonly kind: FleetPartKind;
  readonly host: FleetHost;
  readonly #options: FleetPartOptions;
  #process: RunningProcess | null = null;
  #wanted = false;
  #starting = new AbortController();
  #keeper: Promise<void> = Promise.resolve();
  #frozen: number[] = [];

  constructor(options: FleetPartOptions) {
    this.name = options.name;
    this.kind = options.kind;
    this.host = options.host;
    this.#options = options;
  }

  /** Of the process that runs, or null. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Processes below it, parents first: the extractors of a worker, the backends of a PostgreSQL. */
  get children(): number[] {
    return this.pid === null ? [] : processTree(this.pid).map(({ pid }) => pid);
  }

  /** Wants it up; returns at once. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#starting = new AbortController();
    this.#keeper = this.#keeper.then(() => this.#keep());
  }

  async whenUp(timeoutMs = UP_TIMEOUT_MS): Promise<void> {
    await waitUntil(`${this.name} is up`, () => this.#process !== null, { timeoutMs });
  }

  /** SIGKILL for its main process, and it stays down. False when there was none. */
  async kill(): Promise<boolean> {
    const { pid } = this;
    this.#wanted = false;
    this.#starting.abort(new Error("killed while it was starting"));
    if (pid !== null) send(pid, "SIGKILL");
    // What was frozen with it must see its parent's death.
    this.thaw();
    await this.#keeper;
    return pid !== null;
  }

  /** Asks it to end, as a deploy does, and it stays down. */
  async stop(): Promise<void> {
    this.#wanted = false;
    this.thaw();
    this.#starting.abort(new Error("stopped while it was starting"));
    await this.#process?.stop();
    await this.#keeper;
  }

  /** SIGSTOP for it and all below it. False when nothing runs. */
  freeze(): boolean {
    const { pid } = this;
    if (pid === null) return false;
    for (const one of [pid, ...this.children]) {
      send(one, "SIGSTOP");
      this.#frozen.push(one);
    }
    return true;
  }

  thaw(): void {
    for (const pid of this.#frozen.splice(0)) send(pid, "SIGCONT");
  }

  async #keep(): Promise<void> {
    while (this.#wanted) {
      let running: RunningProcess;
      try {
        running = await this.#options.start(this.#starting.signal);
      } catch (error) {
        if (this.#starting.signal.aborted) return;
        this.#options.onDeath(this.name, error);
        await Bun.sleep(RESTART_AFTER_MS);
        continue;
      }
      if (!this.#wanted) {
        await running.stop();
        return;
      }
      await this.#options.onListening(true);
      // A kill or stop of that moment has found no process yet, and waits for this.
      if (!this.#wanted) {
        await this.#options.onListening(false);
        await running.stop();
        return;
      }
      this.#process = running;
      const how = await running.exited;
      this.#process = null;
      await this.#options.onListening(false);
      // Clears away what it left: its watcher, and the rest of its process group.
      await running.stop();
      if (!this.#wanted) return;
      this.#options.onDeath(this.name, how);
      await Bun.sleep(RESTART_AFTER_MS);
    }
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
