import { fileURLToPath } from "node:url";
import type { ChildArguments, SourcesRequest } from "../child-request.ts";

const CHILD_MAIN = fileURLToPath(new URL("../child/main.ts", import.meta.url));

// Frames leave through descriptor 3; what native code prints on stdout goes to stderr. So no print, however deep, can be taken
// for an answer.
const REDIRECT = "exec 1>&2";

// Where the kernel cannot be asked to kill a child with its parent, a shell looks every second.
const ORPHAN_GUARD = `(exec </dev/null >/dev/null 2>&1 3>&-
while kill -0 "$PPID" && kill -0 $$; do sleep 1; done
kill -9 $$) &`;

// The hot code is native; of JavaScript a child runs too little for the last compiler tier to pay back what it costs
// (measured: 845 against 700 ms of CPU for 122 documents on two children, and still 10 % dearer at 610 documents on one).
const CHILD_ENVIRONMENT = { BUN_JSC_useFTLJIT: "0" };

export interface ChildProcess extends Bun.Subprocess<"pipe", "ignore", "pipe"> {
  /** This end of descriptor 3, which does not block. Whoever has the process closes it: Bun does not. */
  readonly answers: number;
}

/**
 * Starts an extractor child: nothing of the worker's environment, folder or open files, its own pipes only.
 * `orphanGuard` is for systems without parent-death signals.
 */
export function spawnChild(
  childArguments: ChildArguments,
  orphanGuard: boolean = process.platform !== "linux",
  sources: Omit<SourcesRequest, "op"> | null = null,
): ChildProcess {
  const script = [REDIRECT, ...(orphanGuard ? [ORPHAN_GUARD] : []), 'exec "$0" "$@"'].join("\n");
  const child = Bun.spawn({
    cmd: ["/bin/sh", "-c", script, process.execPath, "--no-install", CHILD_MAIN, JSON.stringify(childArguments)],
    cwd: "/",
    env: CHILD_ENVIRONMENT,
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  if (sources !== null) void child.stdin.write(`${JSON.stringify({ op: "sources", ...sources })}\n`);
  const answers = child.stdio[3];
  if (typeof answers !== "number") throw new Error("an extractor was started without a channel for its answers");
  return Object.assign(child, { answers });
}
