import { existsSync, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const INSTALL_MS = 480_000;

/**
 * The folder with the programs of these Python packages, which are installed once into this user's cache; each list has a
 * folder of its own. null, with the reason on stderr, where that cannot be.
 */
export async function pythonTools(purpose: string, packages: readonly string[]): Promise<string | null> {
  const cache = Bun.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "sluice", `${purpose}-${Bun.hash(packages.join(" ")).toString(36)}`);
  const programs = join(folder, "bin");
  const done = join(folder, "complete");
  const skip = (reason: string) => {
    process.stderr.write(`Not checked (${purpose}): ${reason}\n`);
    return null;
  };
  if (existsSync(done)) return programs;
  if (Bun.which("python3") === null) return skip("there is no python3");
  mkdirSync(folder, { recursive: true });
  const made = await runTool(["python3", "-m", "venv", folder], INSTALL_MS);
  if (made.exitCode !== 0) return skip(`python3 makes no venv: ${made.stderr}`);
  const pip = [join(programs, "python"), "-m", "pip", "install", "--quiet", ...packages];
  const installed = await runTool(pip, INSTALL_MS);
  if (installed.exitCode !== 0) return skip(`pip: ${installed.stderr.slice(-300)}`);
  await Bun.write(done, "");
  return programs;
}

/** Runs a program to its end in `cwd` (what it leaves there is the caller's to remove), with little of the environment of the tests. */
export async function runTool(
  command: string[],
  timeout: number,
  { cwd = tmpdir(), env: more = {} }: { cwd?: string; env?: Record<string, string> } = {},
) {
  // TZ: DuckDB shows times in the zone of the machine.
  const env = { PATH: Bun.env["PATH"] ?? "", HOME: homedir(), TZ: "UTC", ...pipSettings(), ...more };
  const child = Bun.spawn(command, { cwd, env, stdin: "ignore", stdout: "pipe", stderr: "pipe", timeout });
  const [stdout, stderr, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, exitCode };
}

/** Where packages come from is the machine's to say. */
function pipSettings(): Record<string, string> {
  const entries = Object.entries(Bun.env).filter(([name]) => /^(PIP_|https?_proxy$|no_proxy$|SSL_)/i.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}
