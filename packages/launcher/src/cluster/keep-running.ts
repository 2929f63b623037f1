import { AppError } from "@sluice/contracts";

interface Runnable {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface KeepRunningOptions<R extends Runnable> {
  name: string;
  first: R;
  restart: () => Promise<R>;
  /** More deaths than this within a minute are no accident. */
  maxRestarts: number;
  /** It died by itself and is back. */
  onRestarted?: (part: R) => void;
  /** It is not coming back; called once. */
  onGivenUp: (error: AppError) => void;
}

export interface Kept<R extends Runnable> {
  /** The one that runs now, or the last one that did. */
  current(): R;
  stop(): Promise<void>;
}

const WINDOW_MS = 60_000;

/** Starts a part again when it dies unasked. A fault that stays (a full disk, say) ends it after a few tries. */
export function keepRunning<R extends Runnable>(options: KeepRunningOptions<R>): Kept<R> {
  let current = options.first;
  let stopping = false;
  let restarting: Promise<R> | null = null;
  const deaths: number[] = [];

  const watch = async (): Promise<void> => {
    for (;;) {
      await current.exited;
      if (stopping) return;
      const now = performance.now();
      deaths.push(now);
      // Clears away what it left: its watcher, and the rest of its process group.
      await current.stop();
      if (deaths.filter((at) => now - at < WINDOW_MS).length > options.maxRestarts) {
        throw new AppError("START_FAILED", `the ${options.name} died ${options.maxRestarts + 1} times within a minute`);
      }
      if (stopping) return;
      restarting = options.restart();
      current = await restarting;
      if (stopping) return;
      options.onRestarted?.(current);
    }
  };

  watch().catch((error: unknown) => {
    if (stopping) return;
    const message = error instanceof Error ? error.message : String(error);
    options.onGivenUp(error instanceof AppError ? error : new AppError("START_FAILED", message, { cause: error }));
  });

  return {
    current: () => current,
    async stop() {
      stopping = true;
      await current.stop();
      // A restart that was under way has to come to its end before it can be stopped.
      const late = await restarting?.catch(() => null);
      await late?.stop();
    },
  };
}
