/**
 * Fuzzes the engine: `bun run fuzz [TARGET…] [--minutes M]`. Without a target all take turns. Inputs found on
 * the way are kept in native/fuzz/corpus, a finding in native/fuzz/artifacts. Needs cargo-fuzz and a nightly compiler.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeSeeds } from "./fuzz-seeds.ts";

const FUZZ = join(import.meta.dir, "../fuzz");
const TARGETS = readdirSync(join(FUZZ, "fuzz_targets")).map((file) => file.replace(/\.rs$/, ""));

/** Largest input: most faults show in small ones, which run faster. Whole documents need more room. */
const MAX_BYTES: Record<string, number> = { document: 32 << 10, content_stream: 4096, filters: 8192, xref_repair: 512 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string", default: "5" }, "max-len": { type: "string" } },
});
const unknown = positionals.filter((name) => !TARGETS.includes(name));
const seconds = Number(values.minutes) * 60;
if (unknown.length > 0 || !(seconds > 0)) {
  process.stderr.write(`Usage: bun run fuzz [${TARGETS.join("|")}] [--minutes M] [--max-len BYTES]\n`);
  process.exit(2);
}

await writeSeeds(join(FUZZ, "seeds"));
const failed: string[] = [];
for (const target of positionals.length > 0 ? positionals : TARGETS) {
  if (!(await run(target))) failed.push(target);
}
process.stdout.write(
  failed.length === 0 ? "no finding\n" : `findings: ${failed.join(", ")}, see native/fuzz/artifacts\n`,
);
process.exit(failed.length === 0 ? 0 : 1);

async function run(target: string): Promise<boolean> {
  const corpus = join(FUZZ, "corpus", target);
  mkdirSync(corpus, { recursive: true });
  const maxLength = values["max-len"] ?? String(MAX_BYTES[target] ?? 2048);
  const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-rss_limit_mb=1024", `-max_len=${maxLength}`];
  // The core is free of unsafe code: a sanitizer would find nothing more and take half of the runs.
  const command = [
    "cargo",
    "+nightly",
    "fuzz",
    "run",
    "--sanitizer",
    "none",
    target,
    corpus,
    join(FUZZ, "seeds", target),
  ];
  const child = Bun.spawn([...command, "--", ...limits, "-print_final_stats=1"], {
    cwd: join(FUZZ, ".."),
    stdio: ["ignore", "inherit", "inherit"],
  });
  return (await child.exited) === 0;
}
