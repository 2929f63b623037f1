import { join } from "node:path";

const MAIN = join(import.meta.dir, "addon-alone.ts");
// Few enough that all end at about the same time, and enough that asking for more costs nothing.
const FILES_AT_A_TIME = 8;

/** Processes of the addon alone, side by side, each taking the next files when it is through with its own. */
export class AddonProcesses implements Disposable {
  readonly #processes: ReturnType<typeof start>[];

  /** `hash`: the hash of each file is made as well. */
  constructor(count: number, { hash = false }: { hash?: boolean } = {}) {
    this.#processes = Array.from({ length: count }, () => start(hash ? ["hash"] : []));
  }

  /** Reads all files once. */
  async read(files: readonly string[]): Promise<{ pages: number; failed: number }> {
    let next = 0;
    let pages = 0;
    let failed = 0;
    const work = async ({ ask }: ReturnType<typeof start>) => {
      while (next < files.length) {
        const chunk = files.slice(next, next + FILES_AT_A_TIME);
        next += FILES_AT_A_TIME;
        const answer = await ask(chunk);
        pages += answer.pages;
        failed += answer.failed;
      }
    };
    await Promise.all(this.#processes.map(work));
    return { pages, failed };
  }

  [Symbol.dispose](): void {
    for (const { child } of this.#processes) child.kill();
  }
}

function start(options: readonly string[]) {
  const child = Bun.spawn([process.execPath, MAIN, ...options], { stdin: "pipe", stdout: "pipe", stderr: "inherit" });
  const answers = child.stdout.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  const ask = async (paths: readonly string[]): Promise<{ pages: number; failed: number }> => {
    void child.stdin.write(`${JSON.stringify(paths)}\n`);
    await child.stdin.flush();
    // One question, one short line: it comes in one piece.
    const { value } = await answers.next();
    if (value === undefined) throw new Error("a process of the addon alone has ended");
    return JSON.parse(value) as { pages: number; failed: number };
  };
  return { child, ask };
}
