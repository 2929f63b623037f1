import type { DoctorFlags } from "../arguments/part-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import type { CommandContext } from "../command-context.ts";
import { checkParts } from "../doctor/check-parts.ts";
import type { Finding } from "../doctor/finding.ts";
import { judgeMachine } from "../doctor/judge-machine.ts";
import { machineFacts } from "../doctor/machine-facts.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { pad, wrap } from "../output/fit-text.ts";
import type { Paint } from "../output/paint.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson } from "../output/stdout.ts";

/** `doctor`: looks at the machine, then starts every part once, and says what to do about what it finds. */
export async function doctor(flags: DoctorFlags, context: CommandContext): Promise<ExitCode> {
  const { stdout, config } = context;
  const place = choosePlace({ dataDir: flags.dataDir ?? config.dataDir }, config);
  const dataDir = place.kind === "dataDir" ? place.dataDir : config.dataDir;
  const findings: Finding[] = [];
  const found = (finding: Finding) => {
    findings.push(finding);
    // One by one, as they come: starting the parts takes a moment.
    if (flags.json !== true) stdout.write(formatFinding(finding, stdout.width(), stdout.paint));
  };
  judgeMachine(await machineFacts(dataDir)).forEach(found);
  for await (const finding of checkParts(dataDir)) found(finding);
  const failed = findings.some((finding) => finding.state === "fail");
  if (flags.json === true) await printJson({ ok: !failed, findings });
  return failed ? EXIT.couldNotRun : EXIT.ok;
}

const LABELS = { ok: ["green", "ok"], warn: ["yellow", "warn"], fail: ["red", "FAIL"] } as const;

/** A finding in one line, with its advice below. */
export function formatFinding(finding: Finding, width: number, paint: Paint): string {
  const [colour, label] = LABELS[finding.state];
  const [first = "", ...rest] = finding.facts.split("\n").map(safeText);
  const advice = finding.advice === "" ? [] : wrap(finding.advice, width - 6).map((line) => paint("bold", line));
  const below = [...rest, ...advice].map((line) => `      ${line}\n`).join("");
  return `${paint(colour, pad(label, 4))}  ${pad(finding.name, 14)}  ${first}\n${below}`;
}
