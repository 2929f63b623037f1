import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../src/index.ts";

/** A folder for one test; everybody may enter it. */
export function scratchFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "sluice-launcher-"));
  Bun.spawnSync(["chmod", "755", path]);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

export async function until(what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await Bun.sleep(20);
  }
}

export const untilGone = (pids: readonly number[]) =>
  until(`processes ${pids.join(", ")} are gone`, () => !pids.some((pid) => isAlive(pid)));

const IN_REACH = join(import.meta.dir, "../../../scripts/in-reach.sh");

/** Runs TypeScript in a process of its own, with the launcher's exports at hand; `lines` gives what it prints as JSON. */
export function runScript(body: string, options: { uid?: number; prefix?: string[] } = {}) {
  const source = `import * as launcher from ${JSON.stringify(join(import.meta.dir, "../src/index.ts"))};
    const say = (value) => console.log(JSON.stringify(value));
    try { ${body} } catch (error) { say({ code: error.code ?? "?", message: error.message }); process.exit(1); }`;
  const { prefix = [], uid = 0 } = options;
  const reach = prefix.length > 0 || uid !== 0 ? [IN_REACH, String(uid), process.execPath] : [];
  const child = Bun.spawn([...reach, ...prefix, process.execPath, "-e", source], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
    cwd: "/",
  });
  const reader = child.stdout.getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    child,
    /** The next line that it prints. */
    async next<T>(): Promise<T> {
      for (;;) {
        const end = text.indexOf("\n");
        if (end !== -1) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          return JSON.parse(line) as T;
        }
        const { done, value } = await reader.read();
        if (done) throw new Error(`the script ended with ${String(await child.exited)} and printed no further line`);
        text += decoder.decode(value);
      }
    },
  };
}

export const IS_ROOT = process.getuid?.() === 0;

/** A user that owns nothing. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;
