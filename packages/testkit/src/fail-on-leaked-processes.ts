import { afterAll } from "bun:test";
import { processTree } from "./process-tree.ts";
import { SWEEPER_NAME } from "./temporary-folder.ts";
import { testPostgresPid } from "./test-postgres.ts";
import { waitUntil } from "./wait-until.ts";

/** Ends of processes take a moment to be seen. */
const GRACE_MS = 2_000;

/**
 * Call it at the top of a test file: after its last test no process may be left that was started in it, but for the
 * test process's own PostgreSQL. What is left is named, and killed, so that the next file starts clean.
 */
export function failOnLeakedProcesses(): void {
  const before = new Set(processTree(process.pid).map((child) => child.pid));
  afterAll(async () => {
    const leaked = () => {
      const kept = new Set(before);
      const postgres = testPostgresPid();
      if (postgres !== null) kept.add(postgres);
      return processTree(process.pid).filter((child) => {
        // Parents come first, so that what is kept takes its children along.
        const isOurs = child.command.includes(SWEEPER_NAME) || child.command.includes(`sluice-watch ${postgres} `);
        const keeps = isOurs || kept.has(child.pid) || kept.has(child.parentPid);
        if (keeps) kept.add(child.pid);
        return !keeps;
      });
    };
    await waitUntil("every process has ended", () => leaked().length === 0, { timeoutMs: GRACE_MS }).catch(() => {});
    const left = leaked();
    for (const child of left) end(child.pid);
    if (left.length > 0) {
      throw new Error(
        `processes were left behind:\n${left.map((child) => `${child.pid} ${child.command}`).join("\n")}`,
      );
    }
  }, 10_000);
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went with its parent.
  }
}
