/**
 * Makes a checkout ready to run: dependencies from the frozen lockfile, then the Rust addon, each only when its inputs
 * changed. Every verb of package.json calls it first, so it must run before anything is installed (no imports but Bun's
 * and our own files) and cost next to nothing when there is nothing to do. It speaks on stderr: stdout is the verb's.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";

const ROOT = join(import.meta.dir, "..");
const STAMP = join(ROOT, "node_modules", ".sluice-installed");
const MINIMUM_BUN = "1.4.5";

export async function setup({ quiet }: { quiet: boolean }): Promise<void> {
  requireBun();
  await installDependencies({ quiet });
  const { buildAddon } = await import("../native/scripts/build.ts");
  buildAddon();
}

function requireBun(): void {
  if (Bun.semver.order(Bun.version, MINIMUM_BUN) >= 0) return;
  fail(`Sluice needs Bun ${MINIMUM_BUN} or newer and this is ${Bun.version}. Run: npx -y bun@${MINIMUM_BUN} run demo`);
}

async function installDependencies({ quiet }: { quiet: boolean }): Promise<void> {
  const wanted = await lockFingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  say("Installing dependencies from the frozen lockfile …");
  const started = performance.now();
  const install = Bun.spawnSync([process.execPath, "install", "--frozen-lockfile"], {
    cwd: ROOT,
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env },
  });
  if (!install.success) {
    process.stderr.write(install.stderr);
    fail("The dependencies could not be installed. Check the network and the npm registry, then run this again.");
  }
  mkdirSync(join(ROOT, "node_modules"), { recursive: true });
  writeFileSync(STAMP, wanted);
  if (!quiet) say(`Dependencies are in place (${seconds(started)}).`);
}

/** Changes whenever an install could give something else: the lockfile or any workspace's manifest. */
async function lockFingerprint(): Promise<string> {
  const hasher = new Bun.CryptoHasher("sha256");
  const { workspaces } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { workspaces: string[] };
  const manifests = ["package.json"];
  for (const workspace of workspaces) {
    for await (const path of new Glob(`${workspace}/package.json`).scan(ROOT)) manifests.push(path);
  }
  for (const path of ["bun.lock", ...manifests.sort()]) {
    hasher.update(path).update(readFileSync(join(ROOT, path)));
  }
  return hasher.digest("hex");
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

function fail(message: string): never {
  say(message);
  process.exit(3);
}

if (import.meta.main) await setup({ quiet: process.argv.includes("--quiet") });
