import type { SluiceClient } from "@sluice/client";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { batchReport, type BatchReport, type FailureGroup, MAX_LISTED_FAILURES } from "../output/batch-report.ts";
import { FailureGroups } from "../output/group-failures.ts";
import type { BatchRun } from "./run-batch.ts";

/** Asks the server what became of a run, failure by failure. */
export async function collectReport(
  client: Pick<SluiceClient, "summary" | "failures">,
  run: BatchRun,
): Promise<{ report: BatchReport; groups: FailureGroup[] }> {
  const { batch, categories } = await client.summary(run.batch.batchId);
  const failures: { uri: string; code: string; message: string }[] = [];
  const groups = new FailureGroups();
  if (batch.extract.failed + batch.classify.failed > 0) {
    for await (const row of client.failures(batch.batchId)) {
      groups.add(row);
      const { uri, code, message } = row;
      if (failures.length < MAX_LISTED_FAILURES) failures.push({ uri, code, message });
    }
  }
  const report = batchReport(
    { batch, categories },
    {
      failures,
      listing: run.listing,
      superseded: run.superseded,
      interrupted: run.interrupted,
      seconds: run.seconds,
      exit: exitOf(run, batch),
    },
  );
  return { report, groups: groups.sorted() };
}

function exitOf(run: BatchRun, batch: BatchRun["batch"]): ExitCode {
  if (run.interrupted) return EXIT.interrupted;
  const lost = batch.extract.failed + batch.classify.failed + batch.extract.cancelled + run.listing.problemCount;
  return lost > 0 || batch.state === "cancelled" ? EXIT.someFailed : EXIT.ok;
}
