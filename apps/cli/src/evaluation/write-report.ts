import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatCount, formatDuration, formatQuantity } from "@sluice/client";
import { displayUri, type LlmCallPage } from "@sluice/contracts";
import { evaluationCharts, evaluationMarkdown, labelSetsMarkdown } from "@sluice/evaluation";
import { stringify } from "csv-stringify/sync";
import type { Judgement } from "./judge-documents.ts";
import type { MatchedDocument } from "./match-labels.ts";

export interface EvaluationReport {
  readonly batchId: string;
  /** The file's name. */
  readonly file: string;
  readonly judgement: Judgement;
  readonly missing: number;
  readonly unjudged: number;
  /** What the labels cost; null: no LLM was asked. */
  readonly llm: LlmTotals | null;
}

export type LlmTotals = LlmCallPage["totals"];

/** The report as files of a folder, which is made: for people, for programs, and every document whose labels are others. */
export async function writeReport(
  folder: string,
  report: EvaluationReport,
  disagreements: readonly MatchedDocument[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const rows = disagreements.map(({ uri, expected, got, confidence }) => [
    displayUri(uri),
    expected.join(";"),
    got.join(";"),
    confidence,
  ]);
  const files = {
    ...pages(report),
    "report.json": `${JSON.stringify(reportJson(report), null, 2)}\n`,
    // A name may look like a formula to a spreadsheet.
    "disagreements.csv": stringify([["path", "expected", "got", "confidence"], ...rows], { escape_formulas: true }),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

/** As programs read it. */
export function reportJson({ judgement, ...others }: EvaluationReport) {
  return { ...others, ...judgement };
}

function pages({ batchId, file, judgement, missing, llm }: EvaluationReport): Record<string, string> {
  const cost = llm === null ? "" : ` They took ${formatLlmTotals(llm)}.`;
  const subject = `Batch ${batchId}, labels of \`${file}\`.${cost}`;
  if (judgement.labels === "multi") {
    return { "report.md": labelSetsMarkdown({ subject, scores: judgement.scores, missing }) };
  }
  const { confusion, calibration } = evaluationCharts(judgement.scores);
  return {
    "report.md": evaluationMarkdown({ subject, scores: judgement.scores, missing }),
    "confusion.svg": confusion,
    "calibration.svg": calibration,
  };
}

/** Calls, tokens, time and money, in words. */
export function formatLlmTotals({ calls, inputTokens, outputTokens, latencyMs, costUsd }: LlmTotals): string {
  const cost = costUsd === null ? "" : `, ${costUsd.toFixed(2)} USD`;
  const tokens = `${formatCount(inputTokens)} tokens in and ${formatCount(outputTokens)} out`;
  return `${formatQuantity(calls, "call")} to an LLM, ${tokens}, ${formatDuration(latencyMs / 1_000)} of it${cost}`;
}
