/**
 * Runs every test there is and counts what really ran: Rust first, then each workspace's bun:test files in a process of
 * their own. Ends with one line, `N passed, N failed, N skipped`. Arguments narrow it to the workspaces they name
 * (`bun run test apps/worker`).
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Glob } from "bun";

const ROOT = join(import.meta.dir, "..");

/** Quick and independent first, so that a fault in a foundation shows before what is built on it. */
const WORKSPACES = [
  "packages/contracts",
  "packages/plots",
  "packages/evaluation",
  "packages/taxonomy",
  "packages/sources",
  "packages/serverkit",
  "packages/client",
  "native",
  "packages/launcher",
  "packages/testkit",
  "apps/worker",
  "apps/coordinator",
  "benchmarks",
  "apps/cli",
  "chaos",
  "deploy",
];

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const only = process.argv.slice(2).map((name) => name.replace(/\/$/, ""));
const unknown = only.filter((name) => name !== "rust" && !WORKSPACES.includes(name));
if (unknown.length > 0) {
  console.error(`There is no workspace ${unknown.join(", ")}; there are ${WORKSPACES.join(", ")}, and rust.`);
  process.exit(2);
}
const wants = (name: string) => only.length === 0 || only.includes(name);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const rows: string[] = [];
const reports = await mkdtemp(join(tmpdir(), "sluice-test-"));

if (wants("native") || wants("rust")) record("native (Rust)", await rustTests());
for (const workspace of WORKSPACES) {
  if (wants(workspace) && hasTests(workspace)) record(workspace, await bunTests(workspace));
}
await rm(reports, { recursive: true, force: true });

console.log(`\n${rows.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function record(name: string, { count, seconds }: { count: Count; seconds: number }): void {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const numbers = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
  rows.push(`${count.failed > 0 ? "FAIL" : "ok  "} ${name.padEnd(22)} ${numbers.padEnd(40)} ${seconds.toFixed(1)} s`);
}

async function rustTests(): Promise<{ count: Count; seconds: number }> {
  heading("native (Rust)");
  const started = performance.now();
  const run = Bun.spawn(["cargo", "test", "--workspace", "--locked", "--exclude", "extract_napi"], {
    cwd: join(ROOT, "native"),
    stdout: "pipe",
    stderr: "inherit",
  });
  const output = await new Response(run.stdout).text();
  process.stdout.write(output);
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const match of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    count.passed += Number(match[1]);
    count.failed += Number(match[2]);
    count.skipped += Number(match[3]);
  }
  // A crate that does not compile has no result line, and is a failure all the same.
  if ((await run.exited) !== 0 && count.failed === 0) count.failed = 1;
  return { count, seconds: (performance.now() - started) / 1000 };
}

async function bunTests(workspace: string): Promise<{ count: Count; seconds: number }> {
  heading(workspace);
  const started = performance.now();
  const report = join(reports, `${workspace.replaceAll("/", "-")}.xml`);
  // A database start on a busy machine takes seconds; single tests set their own limit where they need more.
  const options = ["--timeout=60000", "--reporter=junit", `--reporter-outfile=${report}`];
  const run = Bun.spawn([process.execPath, "test", ...options], {
    cwd: join(ROOT, workspace),
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...corpus() },
  });
  const code = await run.exited;
  const count = existsSync(report) ? junitCount(readFileSync(report, "utf8")) : { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && count.failed === 0) count.failed = 1;
  return { count, seconds: (performance.now() - started) / 1000 };
}

/** Tests run inside their workspace, so a corpus given as a relative path is resolved here. */
function corpus(): Record<string, string> {
  const given = process.env["SLUICE_CORPUS"];
  return given === undefined || given === "" ? {} : { SLUICE_CORPUS: resolve(given) };
}

function junitCount(xml: string): Count {
  const root = /<testsuites\b[^>]*>/.exec(xml)?.[0] ?? "";
  const number = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(root)?.[1] ?? 0);
  const failed = number("failures") + number("errors");
  const skipped = number("skipped");
  return { passed: number("tests") - failed - skipped, failed, skipped };
}

function hasTests(workspace: string): boolean {
  for (const _ of new Glob("{src,test,samples,suites,metrics,dataset,engines}/**/*.test.ts").scanSync(
    join(ROOT, workspace),
  ))
    return true;
  return false;
}

function heading(name: string): void {
  console.log(`\n── ${name} ${"─".repeat(Math.max(0, 100 - name.length))}`);
}
