import type { RunReport } from "../batch/report-run.ts";
import { type Place, placeFlags } from "../cluster/choose-place.ts";
import { STDOUT } from "../export/export-target.ts";

/** What to try after a run. */
export function nextCommands(
  report: Pick<RunReport, "failed" | "interrupted" | "batchId" | "classifyFailed">,
  { place, program, exported }: { place: Place; program: string; exported: string | null },
): string[] {
  if (report.interrupted) return ["run the same command again to go on: what is done is kept"];
  const flags = placeFlags(place);
  const commands: [command: string, meaning: string][] = [];
  if (report.failed + report.classifyFailed > 0) {
    commands.push([`${program} failures latest${flags}`, "every failure with its cause"]);
  }
  if (exported === null)
    commands.push([`${program} results latest --export results.csv${flags}`, "a line for each file"]);
  commands.push([`${program} audit latest${flags}`, "prove that nothing was lost"]);
  const width = Math.max(...commands.map(([command]) => command.length));
  const lines = commands.map(([command, meaning]) => `${command.padEnd(width)}  # ${meaning}`);
  return exported === null || exported === STDOUT ? lines : [`results are in ${exported}`, ...lines];
}
