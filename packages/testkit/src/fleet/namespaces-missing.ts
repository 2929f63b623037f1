/** Why this machine cannot have hosts as network namespaces, or null when it can. */
export function namespacesMissing(): string | null {
  if (process.platform !== "linux") return "network namespaces need Linux";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  for (const tool of ["ip", "tc", "nsenter"]) {
    if (Bun.which(tool) === null) return `network namespaces need ${tool} (iproute2, util-linux)`;
  }
  const name = `sluice-${process.pid}-probe`;
  const made = Bun.spawnSync(["ip", "netns", "add", name], { stdout: "ignore", stderr: "pipe" });
  if (!made.success) return `network namespaces are not allowed here: ${made.stderr.toString().trim()}`;
  Bun.spawnSync(["ip", "netns", "delete", name], { stdout: "ignore", stderr: "ignore" });
  return null;
}
