/** Formatting, lint, types, dead paths in the docs, and the same for Rust. Needs no database; `--fix` mends what it can. */
import { join } from "node:path";

const ROOT = join(import.meta.dir, "..");
const NATIVE = join(ROOT, "native");
const fix = process.argv.includes("--fix");

interface Step {
  name: string;
  command: string[];
  cwd?: string;
}

const steps: Step[] = [
  { name: "format", command: ["oxfmt", fix ? "--write" : "--check", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", ...(fix ? ["--fix"] : [])] },
  { name: "types", command: ["turbo", "run", "types", "--output-logs=errors-only"] },
  { name: "types of scripts", command: ["tsc", "-p", "scripts"] },
  { name: "types of the examples", command: ["tsc", "-p", "docs/examples"] },
  { name: "paths in the docs", command: [process.execPath, "scripts/check-doc-refs.ts"] },
  { name: "rustfmt", command: ["cargo", "fmt", "--all", ...(fix ? [] : ["--check"])], cwd: NATIVE },
  {
    name: "clippy",
    command: ["cargo", "clippy", "--quiet", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
    cwd: NATIVE,
  },
  ...(Bun.which("cargo-deny") === null
    ? []
    : [{ name: "licences and advisories", command: ["cargo", "deny", "check", "licenses", "bans"], cwd: NATIVE }]),
];

const failed: string[] = [];
for (const step of steps) {
  const started = performance.now();
  const run = Bun.spawnSync(step.command, {
    cwd: step.cwd ?? ROOT,
    stdout: "pipe",
    stderr: "pipe",
    env: {
      ...process.env,
      PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env["PATH"] ?? ""}`,
      TURBO_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
    },
  });
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(`${run.success ? "ok  " : "FAIL"} ${step.name} (${time})`);
  if (run.success) continue;
  failed.push(step.name);
  process.stdout.write(run.stdout);
  process.stdout.write(run.stderr);
}

if (failed.length > 0) {
  console.log(`\nNot clean: ${failed.join(", ")}. \`bun run fix\` mends format and some lint.`);
  process.exit(1);
}
