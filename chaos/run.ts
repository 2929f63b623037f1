/** `bun run chaos --seed S --minutes M`: breaks a fleet again and again while work flows, and checks that nothing is lost. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { namespacesMissing, s3ServerMissing } from "@sluice/testkit";
import { makePlan } from "./src/plan/make-plan.ts";
import { type Plan, planSchema } from "./src/plan/plan.ts";
import { summarize } from "./src/report/summary.ts";
import { summaryMarkdown } from "./src/report/summary-markdown.ts";
import { runPlan } from "./src/run/run-plan.ts";

const USAGE = `Usage: bun run chaos [--seed N] [--minutes N] [--network namespaces|loopback] [--coordinators N] [--workers N]
                     [--output DIR] [--json]
       bun run chaos --plan FILE [--minutes N] [--network …] [--output DIR] [--json]

Starts a fleet on this machine and kills, freezes, cuts off, slows and restarts its parts by a plan that follows from the
seed, while clients hand in batches, cancel them and die. At every quiet point each batch is audited and held against the
run's own book. --plan plays a plan again that an earlier run has written (plan.json in its output folder).

--network    default: namespaces where this is Linux and root, else loopback
--output     default: .sluice/chaos-SEED-TIME; keeps plan, events, logs, database and summary
Exit code: 0 nothing lost, doubled or wrong; 1 something was; 2 wrong use; 3 the run could not be made.`;

/** A round takes its storm, some 15 s until the last fault is healed, and the checks. */
const SECONDS_PER_ROUND = 45;

const { values } = readArguments();
if (values.help) usage(0);
const missing = namespacesMissing();
const network = values.network ?? (missing === null ? "namespaces" : "loopback");
if (network !== "namespaces" && network !== "loopback") usage(2, `There is no network ${network}.`);
if (network === "namespaces" && missing !== null) usage(3, missing);
const minutes = positive("--minutes", values.minutes ?? "10");
const plan = values.plan === undefined ? freshPlan() : readPlan(values.plan);
const stamp = new Date().toISOString().replaceAll(/[-:]|\..*/g, "");
const folder = resolve(values.output ?? join(".sluice", `chaos-${plan.seed}-${stamp}`));
if (existsSync(folder) && readdirSync(folder).length > 0) usage(2, `${folder} is not empty.`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));

const say = (line: string) => void process.stderr.write(`${line}\n`);
const faults = plan.rounds.reduce((sum, round) => sum + round.faults.length, 0);
say(
  `seed ${plan.seed}, ${plan.rounds.length} rounds with ${faults} faults on ${network}; everything is kept in ${folder}`,
);
const stopped = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopped.abort(new Error(name)));
const result = await runPlan({ plan, network, folder, minutes, say, signal: stopped.signal });
const summary = summarize(plan, network, result);
writeFileSync(join(folder, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
writeFileSync(join(folder, "summary.md"), summaryMarkdown(summary));
process.stdout.write(values.json ? `${JSON.stringify(summary)}\n` : summaryMarkdown(summary));
process.exit(summary.violations.length === 0 ? 0 : 1);

function freshPlan(): Plan {
  const noS3 = s3ServerMissing();
  if (noS3 !== null) process.stderr.write(`nothing comes from a bucket: ${noS3}\n`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed)) usage(2, `--seed takes a whole number, not ${values.seed ?? ""}.`);
  return makePlan({
    seed,
    rounds: Math.ceil((minutes * 60) / SECONDS_PER_ROUND),
    coordinators: positive("--coordinators", values.coordinators ?? "2"),
    workers: positive("--workers", values.workers ?? "4"),
    s3: noS3 === null,
  });
}

function readPlan(path: string): Plan {
  if (!existsSync(path)) usage(2, `There is no plan ${path}.`);
  const parsed = planSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : usage(2, `${path} is no plan of this version: ${parsed.error.message}`);
}

function positive(name: string, text: string): number {
  const number = Number(text);
  return number > 0 ? number : usage(2, `${name} takes a number above 0, not ${text}.`);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        seed: { type: "string" },
        minutes: { type: "string" },
        plan: { type: "string" },
        network: { type: "string" },
        coordinators: { type: "string" },
        workers: { type: "string" },
        output: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return usage(2, error instanceof Error ? error.message : String(error));
  }
}

function usage(code: number, complaint?: string): never {
  if (complaint !== undefined) process.stderr.write(`${complaint}\n\n`);
  (code === 0 ? process.stdout : process.stderr).write(`${USAGE}\n`);
  process.exit(code);
}
