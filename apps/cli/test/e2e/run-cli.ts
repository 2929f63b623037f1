import { resolve } from "node:path";

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
const IN_REACH = resolve(import.meta.dir, "../../../../scripts/in-reach.sh");

export interface CliOptions {
  readonly env?: Record<string, string>;
  /** The user to run as, and its group of the same number; needs root on Linux. */
  readonly uid?: number;
  readonly cwd?: string;
  /** What it reads; nothing by default. */
  readonly stdin?: string;
}

export interface CliResult {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the CLI as a user would, with nothing of this process's environment but what finds programs. */
export function spawnCli(args: readonly string[], options: CliOptions = {}) {
  const reach = options.uid === undefined ? [] : [IN_REACH, String(options.uid), process.execPath];
  return Bun.spawn([...reach, process.execPath, MAIN, ...args], {
    stdin: options.stdin === undefined ? "ignore" : new TextEncoder().encode(options.stdin),
    stdout: "pipe",
    stderr: "pipe",
    cwd: options.cwd ?? "/",
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LANG: "C.UTF-8", ...options.env },
  });
}

/** Runs the CLI to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawnCli(args, options);
  const [stdout, stderr, exit] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { exit, stdout, stderr };
}

/** The one object of `--json`. Fails, showing stderr, when stdout holds anything else. */
export function jsonOf(result: CliResult): Record<string, unknown> {
  const lines = result.stdout.trimEnd().split("\n");
  if (lines.length !== 1) throw new Error(`expected one line of JSON, got: ${result.stdout}\n${result.stderr}`);
  try {
    return JSON.parse(result.stdout) as Record<string, unknown>;
  } catch {
    throw new Error(`no JSON on stdout: ${result.stdout}\n${result.stderr}`);
  }
}
