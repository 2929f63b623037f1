import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "@sluice/testkit";
import type { Book } from "./book.ts";
import type { EventLog } from "./event-log.ts";

const WATCHER = join(import.meta.dir, "../client/watcher.ts");

export interface EventWatch extends AsyncDisposable {
  readonly journal: string;
  /** Kills the process that listens; another one goes on at once. False: there was none. */
  kill(): boolean;
}

/** Has a process listen to all events from the first one on, and another one whenever it is killed. */
export function watchEvents({
  fleet,
  book,
  log,
  folder,
}: {
  fleet: Fleet;
  book: Book;
  log: EventLog;
  folder: string;
}): EventWatch {
  const journal = join(folder, "watched.jsonl");
  const job = join(folder, "watcher.json");
  writeFileSync(job, JSON.stringify({ urls: fleet.clientUrls, token: fleet.adminToken, journal }));
  const over = new AbortController();
  let child: Bun.Subprocess<"pipe", "ignore", "pipe"> | null = null;
  const keep = async () => {
    while (!over.signal.aborted) {
      const command = [...fleet.clientHost.commandPrefix, process.execPath, "--no-env-file", WATCHER, job];
      child = Bun.spawn(command, {
        // It ends with this process: its input is at its end then.
        stdin: "pipe",
        stdout: "ignore",
        stderr: "pipe",
        env: { PATH: process.env["PATH"] ?? "" },
        cwd: "/",
      });
      const [complaint] = await Promise.all([child.stderr.text(), child.exited]);
      if (over.signal.aborted || child.signalCode === "SIGKILL") continue;
      log.note("watcher ended", { code: child.exitCode });
      const about = { round: 0, batchId: null, name: "the watcher" };
      book.violate({ ...about, kind: "watcher failed", detail: complaint.slice(-2_000) });
      return;
    }
  };
  const kept = keep();
  return {
    journal,
    kill: () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return false;
      child.kill("SIGKILL");
      return true;
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      child?.kill("SIGKILL");
      await kept;
    },
  };
}
