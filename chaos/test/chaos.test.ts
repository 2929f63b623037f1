/** The chaos run itself, short and with fixed seeds, on every kind of network that this machine has. */
import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failOnLeakedProcesses, namespacesMissing, s3ServerMissing, temporaryFolder, waitUntil } from "@sluice/testkit";
import { makePlan } from "../src/plan/make-plan.ts";
import type { Plan } from "../src/plan/plan.ts";
import { runPlan } from "../src/run/run-plan.ts";

failOnLeakedProcesses();

const missing = namespacesMissing();
if (missing !== null) process.stderr.write(`chaos.test.ts: the run on namespaces is skipped: ${missing}\n`);

const RUN = join(import.meta.dir, "../run.ts");
const LIMIT_MS = 300_000;

describe.each([
  ["namespaces", 12, missing !== null],
  ["loopback", 17, false],
] as const)("chaos on %s, seed %d", (network, seed, skipped) => {
  test.skipIf(skipped)(
    "loses, doubles and spoils nothing",
    async () => {
      using scratch = temporaryFolder();
      const plan = makePlan({
        seed,
        rounds: 1,
        coordinators: 2,
        workers: 3,
        stormMs: 25_000,
        s3: s3ServerMissing() === null,
      });
      const said: string[] = [];
      const { book, documents, rounds } = await runPlan({
        plan,
        network,
        folder: join(scratch.path, "run"),
        minutes: 5,
        say: (line) => said.push(line),
      });
      if (book.violations.length > 0) process.stderr.write(`${said.join("\n")}\n`);
      expect(book.violations).toEqual([]);
      expect(rounds).toBe(1);
      // It was no quiet day.
      expect(book.counts.get("kills") ?? 0).toBeGreaterThan(5);
      expect(book.counts.get("batches") ?? 0).toBe(plan.rounds[0]?.submissions.length ?? 0);
      expect(documents).toBeGreaterThan(50);
    },
    LIMIT_MS,
  );
});

describe("bun run chaos", () => {
  const calm: Plan = {
    format: 4,
    seed: 7,
    coordinators: 1,
    workers: 1,
    s3: false,
    rounds: [
      {
        stormMs: 1_000,
        submissions: [
          {
            atMs: 0,
            name: "round 1 batch 1",
            through: 0,
            documents: ["plain:1", "plain:1:1", "broken:1"],
            carrier: "files",
            piecesEvery: 0,
            folders: 1,
            classifier: "none",
            priority: "normal",
            deduplicate: true,
            force: false,
            chunk: 2,
            restMs: 0,
            killsAfterMs: [],
            cancelAfterMs: null,
            pause: null,
            urgentAfterMs: null,
            retryAfterMs: null,
            delete: null,
          },
        ],
        exports: [],
        tokens: [],
        watcherKillsAtMs: [],
        faults: [{ atMs: 100, fault: "kill-child", target: "worker-1", pick: 0 }],
      },
    ],
  };

  async function chaos(...args: string[]) {
    const run = Bun.spawn([process.execPath, RUN, ...args], {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, code] = await Promise.all([run.stdout.text(), run.stderr.text(), run.exited]);
    return { stdout, stderr, code };
  }

  test(
    "plays a plan from a file and keeps plan, events, logs and summary",
    async () => {
      using scratch = temporaryFolder();
      const file = join(scratch.path, "calm.json");
      const output = join(scratch.path, "out");
      writeFileSync(file, JSON.stringify(calm));
      const { code, stdout, stderr } = await chaos(
        "--plan",
        file,
        "--network",
        "loopback",
        "--output",
        output,
        "--json",
      );
      expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toMatchObject({
        seed: 7,
        batches: 1,
        items: 3,
        documents: 1,
        audits: 1,
        violations: [],
      });
      expect(JSON.parse(readFileSync(join(output, "plan.json"), "utf8"))).toEqual(calm);
      for (const kept of ["events.jsonl", "summary.json", "summary.md", "fleet/logs/worker-1.log"]) {
        expect(existsSync(join(output, kept))).toBe(true);
      }
    },
    LIMIT_MS,
  );

  test(
    "ends with 1 and says what was violated",
    async () => {
      using scratch = temporaryFolder();
      const file = join(scratch.path, "broken.json");
      const faults = [{ atMs: 10, fault: "kill", target: "worker-9", downMs: 0 }];
      writeFileSync(file, JSON.stringify({ ...calm, rounds: [{ ...calm.rounds[0], faults }] }));
      const output = join(scratch.path, "out");
      const { code, stdout } = await chaos("--plan", file, "--network", "loopback", "--output", output);
      expect(code).toBe(1);
      expect(stdout).toContain("the fleet has no worker-9");
    },
    LIMIT_MS,
  );

  test.each([
    ["SIGTERM", 1],
    ["SIGKILL", null],
  ] as const)(
    "leaves no process of its own after %s",
    async (signal, code) => {
      using scratch = temporaryFolder();
      const file = join(scratch.path, "slow.json");
      const output = join(scratch.path, "out");
      const [round] = calm.rounds;
      const submissions = round?.submissions.map((one) => ({ ...one, chunk: 1, restMs: 600_000 }));
      writeFileSync(file, JSON.stringify({ ...calm, rounds: [{ ...round, submissions }] }));
      const run = Bun.spawn(
        [process.execPath, RUN, "--plan", file, "--network", "loopback", "--output", output, "--json"],
        { stdin: "ignore", stdout: "pipe", stderr: "ignore" },
      );
      await waitUntil("a client has opened its batch", () => existsSync(join(output, "jobs/round-1-batch-1.journal")), {
        timeoutMs: LIMIT_MS,
      });
      const before = runningWith(output);
      expect(before.some((command) => command.includes("submitter.ts"))).toBe(true);
      run.kill(signal);
      const [stdout] = await Promise.all([run.stdout.text(), run.exited]);
      expect(run.exitCode).toBe(code);
      if (code !== null) expect(JSON.parse(stdout)).toMatchObject({ violations: [{ kind: "interrupted" }] });
      await waitUntil("everything has ended", () => runningWith(output).length === 0, { timeoutMs: 60_000 }).catch(
        () => {},
      );
      expect(runningWith(output)).toEqual([]);
    },
    LIMIT_MS,
  );

  test.each([
    [["--seed", "x"], "--seed takes a whole number"],
    [["--minutes", "0"], "--minutes takes a number above 0"],
    [["--network", "moon"], "There is no network moon"],
    [["--plan", "/nowhere.json"], "There is no plan /nowhere.json"],
    [["--colour", "red"], "--colour"],
  ])("%p is wrong use", async (args, complaint) => {
    const { code, stderr } = await chaos(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });
});

/** The command lines of what runs on files of a folder, whoever its parent is by now. */
function runningWith(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return "";
      }
    })
    .filter((command) => command.includes(folder));
}
