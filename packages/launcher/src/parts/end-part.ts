/** An app gives its own stop 10 s; past that it hangs. */
const PATIENCE_MS = 11_000;

interface Child {
  readonly pid: number;
  readonly exited: Promise<number>;
  readonly exitCode: number | null;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  ref(): void;
  unref(): void;
}

/** Ends a process that leads a group: SIGTERM, in the end SIGKILL, and then SIGKILL for what is left of its group. */
export async function endPart(child: Child): Promise<void> {
  child.ref();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
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
