/** Encrypted documents: what opens them, what is said when nothing does, and that passwords stay where they belong. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { jsonOf, runCli, spawnCli } from "./run-cli.ts";

const FIXTURES = join(import.meta.dir, "../../../../native/test/fixtures");
const LOCKED = [
  "password-rc4-40",
  "password-rc4-128",
  "password-rc4-128-filters",
  "password-aes128",
  "password-aes256-r5",
  "user-password",
];
const OPEN = ["empty-password-rc4", "empty-password-aes128", "empty-password-aes256"];
const SECRET = "secret";
// What no test's path and no message has: `secret` alone would be found in many a place.
const WRONG = "no7-harbour-lamp";

const fixture = (name: string) => join(FIXTURES, `${name}.pdf`);
const scratch = temporaryFolder();
afterAll(() => scratch[Symbol.dispose]());

describe("extract", () => {
  test.each(LOCKED)("%s with its user password, among others", async (name) => {
    const result = await runCli(["extract", fixture(name), "--password", WRONG, "--password", SECRET]);
    expect(result).toEqual({ exit: 0, stdout: "Opened with a password\n", stderr: "" });
  });

  test.each(LOCKED)("%s with its owner password", async (name) => {
    expect((await runCli(["extract", fixture(name), "--password=owner"])).stdout).toBe("Opened with a password\n");
  });

  test.each(OPEN)("%s without one, or with any", async (name) => {
    expect((await runCli(["extract", fixture(name)])).stdout).toBe("Opened without a password\n");
    expect((await runCli(["extract", fixture(name), "--password", WRONG])).exit).toBe(0);
  });

  test("from a file, from the environment, beyond ASCII; the report says that it was encrypted", async () => {
    const file = join(scratch.path, "passwords.txt");
    writeFileSync(file, `${WRONG}\r\nGröße\r\n`);
    const unicode = fixture("password-unicode-aes256");
    const report = jsonOf(await runCli(["extract", unicode, "--json", "--password-file", file]));
    expect(report).toMatchObject({ metadata: { encrypted: true, title: "Locked" } });
    const env = { SLUICE_PASSWORD: `${WRONG}\nGröße` };
    expect((await runCli(["extract", unicode], { env })).stdout).toBe("Opened with a password\n");
  });

  test("without the right one: a code, the next step and 1, and never the password", async () => {
    const without = await runCli(["extract", fixture("password-aes128")]);
    expect(without).toMatchObject({ exit: 1, stdout: "" });
    expect(without.stderr).toMatch(/^PASSWORD_REQUIRED {2}.*\n.*--password-file/);
    const wrong = await runCli(["extract", fixture("password-aes128"), "--json", "--password", WRONG]);
    expect(jsonOf(wrong)).toMatchObject({ error: { code: "WRONG_PASSWORD" }, exit: 1 });
    expect(wrong.stdout + wrong.stderr).not.toContain(WRONG);
  });

  test("wrong use is told without the password", async () => {
    const missing = await runCli(["extract", fixture("user-password"), "--password-file", "/nowhere/at/all"]);
    expect(missing).toMatchObject({ exit: 2, stdout: "" });
    expect(missing.stderr).toContain("PATH_NOT_FOUND  no such password file: /nowhere/at/all");
    const lines = await runCli(["extract", fixture("user-password"), "--password", `${WRONG}\nlamp`]);
    expect(lines.exit).toBe(2);
    expect(lines.stderr).toContain("password 1 is none");
    expect(lines.stderr).not.toContain(WRONG);
  });
});

describe("classify", () => {
  const folder = join(scratch.path, "documents");
  const dataDir = join(scratch.path, "data");
  const run = (...args: string[]) => runCli([...args, "--json", "--data-dir", dataDir]);

  beforeAll(() => {
    mkdirSync(folder);
    for (const name of [...LOCKED, "empty-password-rc4"]) copyFileSync(fixture(name), join(folder, `${name}.pdf`));
  });

  test("what failed for want of a password is read again with one, the rest is unchanged", async () => {
    const without = jsonOf(await run("classify", folder));
    expect(without).toMatchObject({ documents: 7, succeeded: 1, failed: 6, exit: 1 });
    const codes = (report: Record<string, unknown>) => [
      ...new Set((report["failures"] as { code: string }[]).map(({ code }) => code)),
    ];
    expect(codes(without)).toEqual(["PASSWORD_REQUIRED"]);

    const wrong = jsonOf(await run("classify", folder, "--password", WRONG));
    expect(wrong).toMatchObject({ documents: 7, unchanged: 1, failed: 6, exit: 1 });
    expect(codes(wrong)).toEqual(["WRONG_PASSWORD"]);

    const right = jsonOf(await run("classify", folder, "--password", WRONG, "--password", SECRET));
    expect(right).toMatchObject({ documents: 7, unchanged: 1, succeeded: 6, failed: 0, exit: 0 });
    expect(jsonOf(await run("classify", folder))).toMatchObject({ documents: 7, unchanged: 7, exit: 0 });

    const told = await Promise.all(
      ["batches", "status", "audit", "failures"].map((command) =>
        run(command, ...(command === "batches" ? [] : ["latest"])),
      ),
    );
    const results = await runCli(["results", "latest", "--data-dir", dataDir]);
    for (const { stdout, stderr, exit } of [...told, results]) {
      expect(exit).toBe(0);
      expect(stdout + stderr).not.toContain(WRONG);
    }
    expect(results.stdout).toContain("user-password.pdf");
    const logs = readdirSync(join(dataDir, "logs"), { recursive: true, withFileTypes: true });
    for (const log of logs.filter((entry) => entry.isFile())) {
      expect(readFileSync(join(log.parentPath, log.name), "utf8")).not.toContain(WRONG);
    }
  });

  test.skipIf(process.platform !== "linux")("no process but the one that was given it shows a password", async () => {
    const env = { SLUICE_PASSWORD: WRONG, SLUICE_LOG_LEVEL: "debug" };
    const commands = [
      ["classify", folder, "--force", "-q", "--data-dir", dataDir],
      ["extract", fixture("user-password")],
    ];
    for (const command of commands) {
      const child = spawnCli(command, { env });
      const seen = { processes: new Set<string>(), arguments: new Set<string>(), environments: new Set<string>() };
      while (child.exitCode === null) {
        lookAtProcesses(child.pid, seen);
        await Bun.sleep(1);
      }
      expect(await child.stderr.text()).not.toContain(WRONG);
      expect(seen.processes.size).toBeGreaterThan(1);
      expect([...seen.arguments]).toEqual([]);
      // The reader of one file is handed it in its environment, which the kernel shows to its user alone; parts never.
      const reader = expect.stringContaining("extract-once.ts");
      expect([...seen.environments]).toEqual(command[0] === "extract" ? [reader] : []);
    }
    for (const name of readdirSync(join(dataDir, "logs"))) {
      expect(readFileSync(join(dataDir, "logs", name), "utf8")).not.toContain(WRONG);
    }
  });
});

/** The processes since this one, and the command lines of those that show the password in it or in their environment. */
function lookAtProcesses(
  pid: number,
  seen: { processes: Set<string>; arguments: Set<string>; environments: Set<string> },
): void {
  const read = (entry: string | number, name: string) =>
    readFileSync(`/proc/${entry}/${name}`, "utf8").replaceAll("\0", " ");
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry) || Number(entry) < pid) continue;
    try {
      const commandLine = read(entry, "cmdline");
      const environment = read(entry, "environ");
      seen.processes.add(entry);
      if (commandLine.includes(WRONG)) seen.arguments.add(commandLine);
      // A process that is being started is still a copy of the one that starts it.
      const isCopy = commandLine === "" || commandLine === read(pid, "cmdline");
      if (environment.includes(WRONG) && !isCopy) seen.environments.add(commandLine);
    } catch {
      // It has ended since the folder was read.
    }
  }
}
