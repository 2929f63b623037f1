import { appEntry } from "./app-entry.ts";
import { type Environment, partEnvironment } from "./part-environment.ts";

/**
 * Runs the worker's one-file extraction with our own stdin, stdout and stderr: for a Unix filter without a database.
 * Returns its exit code; 128 + n when signal n ended it.
 */
export async function extractOnce(options: {
  args: readonly string[];
  environment?: Environment;
  appsDir?: string;
}): Promise<number> {
  const entry = appEntry("worker", "extract-once.ts", options.appsDir);
  const child = Bun.spawn([process.execPath, "--no-env-file", entry, ...options.args], {
    stdio: ["inherit", "inherit", "inherit"],
    env: partEnvironment(options.environment ?? {}),
  });
  return await child.exited;
}
