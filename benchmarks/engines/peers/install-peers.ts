import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = join(import.meta.dir, "node_modules", ".sluice-installed");

/**
 * Installs the compared engines from their own frozen lockfile, unless they are there already. They are in a folder
 * outside the workspaces, so that nobody else's install brings them. Returns why they cannot be had, or null.
 */
export function installPeers(): string | null {
  const wanted = Bun.hash(["package.json", "bun.lock"].map((name) => read(name)).join("\0")).toString();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return null;
  process.stderr.write("Installing the engines to compare with (about 150 MB, once) …\n");
  const install = Bun.spawnSync([process.execPath, "install", "--frozen-lockfile"], {
    cwd: import.meta.dir,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  if (!install.success) {
    const last = install.stderr.toString().trim().split("\n").at(-1) ?? "";
    return `could not be installed: ${last}; check the network and the npm registry`;
  }
  writeFileSync(STAMP, wanted);
  process.stderr.write("The engines to compare with are in place.\n");
  return null;
}

function read(name: string): string {
  return readFileSync(join(import.meta.dir, name), "utf8");
}
