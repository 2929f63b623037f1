import { isAlive } from "./process-facts.ts";

/** Settles when a process that is no child of ours has ended. Does not keep this process alive. */
export function exitOfStranger(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve();
    }, 250);
    timer.unref();
  });
}
