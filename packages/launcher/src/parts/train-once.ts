import { AppError, isErrorCode } from "@sluice/contracts";
import { appEntry } from "./app-entry.ts";
import { partEnvironment } from "./part-environment.ts";

/**
 * Runs the worker's training with these lines on its stdin; returns the line that it answers, parsed. Its errors are thrown by their
 * code. The model is then in `file`.
 */
export async function trainOnce(options: {
  file: string;
  lines: AsyncIterable<string> | Iterable<string>;
  appsDir?: string;
}): Promise<unknown> {
  const entry = appEntry("worker", "train-once.ts", options.appsDir);
  const child = Bun.spawn([process.execPath, "--no-env-file", entry, options.file], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
    env: partEnvironment({}),
  });
  const answered = new Response(child.stdout).text();
  for await (const line of options.lines) {
    void child.stdin.write(`${line}\n`);
    await child.stdin.flush();
  }
  await child.stdin.end();
  const answer = parse(await answered);
  if (typeof answer === "object" && answer !== null && "error" in answer) throw errorOf(answer.error);
  return answer;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("INTERNAL", "The training ended without an answer.", { cause: error });
  }
}

function errorOf(error: unknown): AppError {
  const { code, message } = error as { code: string; message: string };
  // Of the trainer's own codes those that a person can do something about are ours too.
  return new AppError(isErrorCode(code) ? code : "LABELS_INVALID", message);
}
