import { existsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const PACKAGE = "scikit-learn==1.9.1";

/** A Python with scikit-learn, installed once into this user's cache (200 MB); or why it cannot be had. */
export function installSklearn(): { python: string } | { missing: string } {
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "sluice");
  const folder = join(cache, PACKAGE.replace("==", "-"));
  const python = join(folder, "bin", "python");
  const done = join(folder, "complete");
  if (existsSync(done)) return { python };
  if (Bun.which("python3") === null) return { missing: "there is no python3" };
  process.stderr.write("Installing scikit-learn to compare with (about 200 MB, once) …\n");
  for (const command of [
    ["python3", "-m", "venv", folder],
    [python, "-m", "pip", "install", "--quiet", PACKAGE],
  ]) {
    const { success, stderr } = Bun.spawnSync(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
    if (!success) return { missing: `${PACKAGE}: ${stderr.toString().trim().split("\n").at(-1)}` };
  }
  writeFileSync(done, "");
  return { python };
}
