/** `bun run bench extract DIR [--engines a,b] [--limit N] [--repeats N] [--output-dir DIR]` */
import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ENGINES, isEngineName } from "./engines/engine.ts";
import { markdownReport, thisMachine } from "./report.ts";
import { benchExtract } from "./suites/extract.ts";

const USAGE = `Usage: bun run bench extract DIR [--engines ${Object.keys(ENGINES).join(",")}]
                                 [--limit N] [--repeats N] [--timeout SECONDS] [--output-dir DIR] [--json]

Runs each engine over the PDFs of DIR in a process of its own and prints speed, CPU time, memory, failures and, where
X.txt lies beside X.pdf, the quality of the text. --output-dir keeps extract.json and extract.md.`;

const { values, positionals } = readArguments();
const [suite, folder] = positionals;
if (values.help || suite !== "extract" || folder === undefined) usage(values.help ? 0 : 2);
if (!existsSync(folder)) usage(2, `There is no folder ${folder}.`);
const engines = values.engines.split(",").filter((name) => name !== "");
const unknown = engines.filter((name) => !isEngineName(name));
if (unknown.length > 0) usage(2, `Unknown engines: ${unknown.join(", ")}.`);

const report = await benchExtract({
  folder: resolve(folder),
  engines: engines.filter(isEngineName),
  limit: values.limit === undefined ? null : positive("--limit", values.limit),
  repeats: positive("--repeats", values.repeats),
  documentTimeoutMs: positive("--timeout", values.timeout) * 1000,
});
const machine = thisMachine();
const markdown = markdownReport(report, machine);
if (values["output-dir"] !== undefined) {
  mkdirSync(values["output-dir"], { recursive: true });
  await Bun.write(join(values["output-dir"], "extract.json"), `${JSON.stringify({ machine, ...report }, null, 2)}\n`);
  await Bun.write(join(values["output-dir"], "extract.md"), markdown);
}
console.log(values.json ? JSON.stringify({ machine, ...report }) : markdown);

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        engines: { type: "string", default: Object.keys(ENGINES).join(",") },
        limit: { type: "string" },
        repeats: { type: "string", default: "1" },
        timeout: { type: "string", default: "60" },
        "output-dir": { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    return usage(2, error instanceof Error ? error.message : String(error));
  }
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  return usage(2, `${option} needs a whole number above 0, not ${text}.`);
}

function usage(code: number, fault?: string): never {
  process.stderr.write(`${fault === undefined ? "" : `${fault}\n\n`}${USAGE}\n`);
  process.exit(code);
}
