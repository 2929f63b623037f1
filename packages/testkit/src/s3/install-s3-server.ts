import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A real S3 server for tests: versitygw (Apache-2.0) over a folder. Built by `go install` at its first use, which takes some
 * three minutes of CPU time, and kept in the user's cache under its version: 84 MB.
 */
const VERSION = "1.8.0";
const MODULE = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
const PLACE = join(homedir(), ".cache", "sluice-testkit", `versitygw-${VERSION}`);
const PROGRAM = join(PLACE, "versitygw");

/** Why there can be no S3 server here; null: there can be one. For `test.skipIf`. */
export function s3ServerMissing(): string | null {
  if (existsSync(PROGRAM) || Bun.which("go") !== null) return null;
  return "no S3 server: neither versitygw in the cache nor Go to build it with";
}

let installed: Promise<string> | null = null;

/** Path of the program. */
export function installS3Server(): Promise<string> {
  installed ??= existsSync(PROGRAM) ? Promise.resolve(PROGRAM) : build();
  return installed;
}

/** Built apart and put in place whole: tests that run beside each other may build it twice, and never see a half of it. */
async function build(): Promise<string> {
  await mkdir(join(PLACE, ".."), { recursive: true });
  const scratch = await mkdtemp(join(PLACE, "..", "build-"));
  try {
    process.stderr.write(`building ${MODULE}, once: some minutes\n`);
    const go = Bun.spawn(["go", "install", "-trimpath", MODULE], {
      env: { ...Bun.env, GOBIN: scratch },
      stdout: "ignore",
      stderr: "pipe",
    });
    const said = await new Response(go.stderr).text();
    if ((await go.exited) !== 0) throw new Error(`go install ${MODULE}: ${said.slice(-500)}`);
    await rename(scratch, PLACE).catch((error: unknown) => {
      if (!existsSync(PROGRAM)) throw error;
    });
    return PROGRAM;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
