import { isAlive } from "./process-facts.ts";

/** Waits until no process has this id. Returns false when the time is up. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() >= deadline) return false;
    await Bun.sleep(10);
  }
  return true;
}
