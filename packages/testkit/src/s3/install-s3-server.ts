import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildOnce, cachePlace } from "../cache/build-once.ts";
import { runTool } from "../cache/run-tool.ts";

/**
 * A real S3 server for tests: versitygw (Apache-2.0) over a folder. Built by `go install` at its first use, which takes some
 * three minutes of CPU time, and kept in the user's cache under its version: 84 MB.
 */
const VERSION = "1.8.0";
const MODULE = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`;
const PLACE = cachePlace(`versitygw-${VERSION}`);
const PROGRAM = join(PLACE, "versitygw");

/** Why there can be no S3 server here; null: there can be one. For `test.skipIf`. */
export function s3ServerMissing(): string | null {
  if (existsSync(PROGRAM) || Bun.which("go") !== null) return null;
  return "no S3 server: neither versitygw in the cache nor Go to build it with";
}

let installed: Promise<string> | null = null;

/** Path of the program. */
export function installS3Server(): Promise<string> {
  installed ??= buildOnce(PLACE, async (scratch) => {
    process.stderr.write(`building ${MODULE}, once: some minutes\n`);
    await runTool(["go", "install", "-trimpath", MODULE], { env: { GOBIN: scratch } });
  }).then(() => PROGRAM);
  return installed;
}
