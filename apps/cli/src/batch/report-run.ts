import { type BatchReport, collectReport, type FailureGroup, type SluiceClient } from "@sluice/client";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { BatchRun } from "./run-batch.ts";

/** What a command did: the one object of `--json`. */
export interface RunReport extends BatchReport {
  readonly interrupted: boolean;
  readonly exit: ExitCode;
}

/** Asks the server what became of a run, failure by failure. */
export async function reportRun(
  client: Pick<SluiceClient, "summary" | "failures">,
  run: BatchRun,
): Promise<{ report: RunReport; groups: FailureGroup[] }> {
  const { seconds, listing, superseded, interrupted } = run;
  const { report, groups } = await collectReport(client, run.batch.batchId, { seconds, listing, superseded });
  return { report: { ...report, interrupted, exit: exitOf(report, interrupted) }, groups };
}

function exitOf(report: BatchReport, interrupted: boolean): ExitCode {
  if (interrupted) return EXIT.interrupted;
  const lost = report.failed + report.classifyFailed + report.cancelled + report.listingProblemCount;
  return lost > 0 || report.state === "cancelled" ? EXIT.someFailed : EXIT.ok;
}
