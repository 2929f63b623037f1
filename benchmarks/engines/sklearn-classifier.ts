import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { LabelledText } from "../suites/classify/measurement-sets.ts";

export interface PeerAnswer {
  trainSeconds: number;
  judgeSeconds: number;
  labels: string[];
  confidences: number[];
}

/** scikit-learn in a process of its own, one thread. */
export class SklearnClassifier implements Disposable {
  readonly #child;
  readonly #lines: AsyncIterator<string>;

  private constructor(python: string) {
    const threads = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
    this.#child = Bun.spawn([python, join(import.meta.dir, "sklearn_classifier.py")], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
      env: { ...process.env, ...threads },
    });
    // A web stream is one of Node's by another type.
    const stdout = Readable.fromWeb(this.#child.stdout as Parameters<typeof Readable.fromWeb>[0]);
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** With the version it says. */
  static async start(python: string): Promise<{ classifier: SklearnClassifier; version: string }> {
    const classifier = new SklearnClassifier(python);
    const { version } = (await classifier.#answer()) as { version: string };
    return { classifier, version };
  }

  async judge(train: readonly LabelledText[], test: readonly LabelledText[], repeats = 1): Promise<PeerAnswer> {
    const pairs = (rows: readonly LabelledText[]) => rows.map(({ category, text }) => [category, text]);
    await this.#child.stdin.write(`${JSON.stringify({ train: pairs(train), test: pairs(test), repeats })}\n`);
    await this.#child.stdin.flush();
    return (await this.#answer()) as PeerAnswer;
  }

  async #answer(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("scikit-learn ended; what it wrote on stderr is above");
    return JSON.parse(line.value);
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }
}
