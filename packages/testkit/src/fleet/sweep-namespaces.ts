import { existsSync, readdirSync } from "node:fs";
import { isAlive } from "@sluice/launcher";

/** Where iproute2 keeps the names. */
export const NAMESPACE_FOLDER = "/run/netns";

/** Removes the namespaces of test processes that are gone, with what still runs in them. */
export function sweepNamespaces(): void {
  if (!existsSync(NAMESPACE_FOLDER)) return;
  for (const name of readdirSync(NAMESPACE_FOLDER)) {
    const owner = /^sluice-(\d+)-/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const left = Bun.spawnSync(["ip", "netns", "pids", name], { stderr: "ignore" }).stdout.toString();
    for (const pid of left.split("\n").filter(Boolean).map(Number)) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
    }
    Bun.spawnSync(["ip", "netns", "delete", name], { stdout: "ignore", stderr: "ignore" });
  }
}
