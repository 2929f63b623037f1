/**
 * Ends a process when this one dies, however it dies: a shell holds the reading end of a pipe whose only writing end is
 * ours, and the kernel closes that end for us even after SIGKILL. It works the same on Linux and macOS, has no moment
 * between fork and arming in which a death goes unseen (as PR_SET_PDEATHSIG has), and survives changes of user.
 */
// $1: the process, $2: what asks it to end, $3: what its whole group gets when 1.5 s were not enough, or what it left.
const SCRIPT = `
trap '' HUP INT TERM
if read -r word; then exit 0; fi
kill -s "$2" "$1" 2>/dev/null
for step in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  kill -s 0 "$1" 2>/dev/null || break
  sleep 0.1
done
kill -s "$3" -- "-$1" 2>/dev/null
`;

export interface ParentWatch {
  /** The watched process may outlive us from here on. */
  release(): Promise<void>;
}

/** Watches on behalf of `pid`, which must lead a process group of its own (`detached`). */
export function watchParent(pid: number, signals: { first: string; last: string }): ParentWatch {
  const shell = Bun.spawn(["/bin/sh", "-c", SCRIPT, "sluice-watch", String(pid), signals.first, signals.last], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    env: { PATH: "/usr/bin:/bin" },
    cwd: "/",
    // Its own session: a Ctrl-C or a kill of our process group must not take the watcher along.
    detached: true,
  });
  shell.unref();
  return {
    async release() {
      try {
        await shell.stdin.write("done\n");
        await shell.stdin.end();
      } catch {
        // The watcher has been killed by someone: nothing watches any more, which is what release asks for.
      }
      await shell.exited;
    },
  };
}
