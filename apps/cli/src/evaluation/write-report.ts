import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { displayUri } from "@sluice/contracts";
import { evaluationCharts, evaluationMarkdown, type LabelScores } from "@sluice/evaluation";
import { stringify } from "csv-stringify/sync";
import type { MatchedDocument } from "./match-labels.ts";

export interface EvaluationReport {
  readonly batchId: string;
  readonly labels: string;
  readonly scores: LabelScores;
  readonly missing: number;
  readonly unjudged: number;
}

/** The report as files of a folder, which is made: for people, for programs, and every document whose label is another. */
export async function writeReport(
  folder: string,
  report: EvaluationReport,
  disagreements: readonly MatchedDocument[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { batchId, labels, scores, missing } = report;
  const { confusion, calibration } = evaluationCharts(scores);
  const rows = disagreements.map(({ uri, expected, got, confidence }) => [
    displayUri(uri),
    expected,
    got ?? "",
    confidence,
  ]);
  const files = {
    "report.md": evaluationMarkdown({ subject: `Batch ${batchId}, labels of \`${labels}\`.`, scores, missing }),
    "report.json": `${JSON.stringify(report, null, 2)}\n`,
    // A name may look like a formula to a spreadsheet.
    "disagreements.csv": stringify([["path", "expected", "got", "confidence"], ...rows], { escape_formulas: true }),
    "confusion.svg": confusion,
    "calibration.svg": calibration,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}
