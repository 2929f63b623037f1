import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { processTree, temporaryFolder, waitUntil } from "../src/index.ts";

function runTestFile(folder: string, body: string) {
  const source = `
    import { test } from "bun:test";
    import { failOnLeakedProcesses } from ${JSON.stringify(join(import.meta.dir, "../src/index.ts"))};
    failOnLeakedProcesses();
    test("starts a process", async () => { ${body} });
  `;
  writeFileSync(join(folder, "leak.test.ts"), source);
  return Bun.spawnSync([process.execPath, "test", "leak.test.ts"], { cwd: folder, stderr: "pipe" });
}

test("a process left behind fails the file and is named", () => {
  using folder = temporaryFolder();
  const run = runTestFile(folder.path, `Bun.spawn(["sleep", "31"], { detached: true }).unref();`);
  expect(run.stderr.toString()).toContain("sleep 31");
  expect(run.exitCode).not.toBe(0);
}, 30_000);

test("a process that has ended does not", () => {
  using folder = temporaryFolder();
  const run = runTestFile(folder.path, `await Bun.spawn(["sleep", "0"]).exited;`);
  expect(run.exitCode).toBe(0);
});

test("processTree names descendants, parents first", async () => {
  const shell = Bun.spawn(["sh", "-c", "sleep 32 & sleep 33 & wait"]);
  const tree = await waitUntil("both have started", () => {
    const found = processTree(process.pid);
    return found.filter((child) => /^sleep 3[23]$/.test(child.command)).length === 2 && found;
  });
  const positionOf = (pid: number) => tree.findIndex((child) => child.pid === pid);
  const sleepers = tree.filter((child) => child.parentPid === shell.pid);
  expect(sleepers.map((child) => child.command).sort()).toEqual(["sleep 32", "sleep 33"]);
  expect(Math.min(...sleepers.map((child) => positionOf(child.pid)))).toBeGreaterThan(positionOf(shell.pid));
  for (const child of [...sleepers.map((each) => each.pid), shell.pid]) process.kill(child, "SIGKILL");
  await shell.exited;
});
