import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "sluice-test-";

export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

/** A new folder that goes with its scope (`using`). Everybody may enter it, so that tests can run things as another user. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(processFolder(), "folder-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/**
 * Removes the folder when the test process has ended, however it did: `bun test` fires no exit event. Several tries,
 * since a PostgreSQL in it may still be writing its last.
 */
const SWEEPER = `
trap '' HUP INT TERM
read -r word
for step in 1 2 3 4 5 6 7 8 9 10 11 12; do
  rm -rf -- "$1" 2>/dev/null && sleep 0.2 && [ ! -e "$1" ] && exit 0
  sleep 0.3
done
`;

/** How the sweeper is told from a process that a test has left behind. */
export const SWEEPER_NAME = "sluice-test-sweeper";

let own: string | undefined;

/** The folder below which this test process keeps everything, and which goes with it. */
export function processFolder(): string {
  if (own === undefined) {
    own = join(tmpdir(), `${PREFIX}${process.pid}`);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { mode: 0o755 });
    const sweeper = Bun.spawn(["/bin/sh", "-c", SWEEPER, SWEEPER_NAME, own], {
      stdin: "pipe",
      stdout: "ignore",
      stderr: "ignore",
      cwd: "/",
      detached: true,
    });
    sweeper.unref();
  }
  return own;
}
