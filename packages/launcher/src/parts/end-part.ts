/** What an app's stop may take beside the time that it lets its shards have. */
const MARGIN_MS = 4_000;
const DEFAULT_DRAIN_SECONDS = 7;

/** How long a part may take to end before it counts as hanging: its SLUICE_DRAIN_SECONDS, and a margin. */
export function patienceMs(drainSeconds: string | undefined): number {
  const seconds = drainSeconds === undefined || drainSeconds === "" ? DEFAULT_DRAIN_SECONDS : Number(drainSeconds);
  return (Number.isFinite(seconds) ? seconds : DEFAULT_DRAIN_SECONDS) * 1_000 + MARGIN_MS;
}

interface Child {
  readonly pid: number;
  readonly exited: Promise<number>;
  readonly exitCode: number | null;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  ref(): void;
  unref(): void;
}

/** Ends a process that leads a group: SIGTERM, in the end SIGKILL, and then SIGKILL for what is left of its group. */
export async function endPart(child: Child, patience: number): Promise<void> {
  child.ref();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  await child.exited;
  clearTimeout(timer);
  child.unref();
  endGroup(child.pid);
}

/** Kills what a group's dead leader has left behind, such as an extractor that hangs in native code. */
export function endGroup(leaderPid: number): void {
  try {
    process.kill(-leaderPid, "SIGKILL");
  } catch {
    // Nothing was left.
  }
}
