import { expect, test } from "bun:test";
import { treeCpuSeconds } from "./tree-cpu.ts";

test.skipIf(process.platform !== "linux")("children count, also when they have ended", async () => {
  const burn = "const end = Date.now() + 10_000; while (process.cpuUsage().user < 300_000 && Date.now() < end);";
  const script = `Bun.spawnSync([process.execPath, "-e", ${JSON.stringify(burn)}]); console.log("done"); for await (const _ of Bun.stdin.stream());`;
  const child = Bun.spawn([process.execPath, "-e", script], { stdin: "pipe", stdout: "pipe" });
  const reader = child.stdout.getReader();
  await reader.read();
  expect(treeCpuSeconds(child.pid)).toBeGreaterThan(0.25);
  child.kill();
  await child.exited;
  expect(treeCpuSeconds(child.pid)).toBe(0);
});
