import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { formatCount, formatQuantity } from "@sluice/client";
import { AppError, displayUri } from "@sluice/contracts";
import { type LabelScores, readLabels, scoreLabels, type Share } from "@sluice/evaluation";
import type { EvalFlags } from "../arguments/eval-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { matchLabels, type MatchedDocument } from "../evaluation/match-labels.ts";
import { writeReport } from "../evaluation/write-report.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { formatTable } from "../output/table.ts";

const SHOWN_DISAGREEMENTS = 20;

/** `eval LABELS`: how good the labels of a batch are. */
export async function evaluate(file: string, flags: EvalFlags, context: CommandContext): Promise<ExitCode> {
  const labels = readLabels(await readText(file), safeText(basename(file)));
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, flags.batch);
  const { documents, missing, unjudged } = await matchLabels(labels, cluster.client.results(batchId), basename(file));
  if (documents.length === 0) {
    throw new AppError(
      "LABELS_INVALID",
      `none of the ${formatQuantity(labels.length, "document")} in ${safeText(basename(file))} has been judged in batch ${batchId}`,
    );
  }
  const scores = scoreLabels(documents);
  const disagreements = documents.filter(({ expected, got }) => expected !== got);
  const report = { batchId, labels: basename(file), scores, missing: missing.length, unjudged };
  if (flags.outputDir !== undefined) await writeReport(resolve(flags.outputDir), report, disagreements);
  if (flags.json === true) await printJson({ ...report, disagreements });
  else {
    const { width } = context.stdout;
    const lines = [...formatScores(scores, width()), "", ...formatDisagreements(disagreements)];
    if (missing.length > 0) lines.push(`${formatQuantity(missing.length, "document")} of the file: not in this batch`);
    if (unjudged > 0) lines.push(`${formatQuantity(unjudged, "document")} of the file: failed, or not judged yet`);
    if (flags.outputDir !== undefined) lines.push(`report and charts in ${safeText(flags.outputDir)}`);
    await printStdout(`${lines.join("\n")}\n`);
  }
  return EXIT.ok;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code = "" } = error as { code?: string };
    throw new AppError("PATH_NOT_FOUND", `${safeText(file)} cannot be read (${code})`);
  }
}

function formatScores(scores: LabelScores, width: number): string[] {
  const { accuracy, accuracyOfLabelled, coverage, macroF1, calibrationError, classes } = scores;
  const columns = [
    { title: "category", shrinkTo: 12 },
    { title: "documents", align: "right" },
    { title: "precision", align: "right" },
    { title: "recall", align: "right" },
    { title: "F1", align: "right" },
  ] as const;
  const rows = classes.map(({ category, precision, recall, f1 }) => [
    safeText(category),
    formatCount(recall.of),
    precision.of === 0 ? "–" : precision.share.toFixed(3),
    recall.of === 0 ? "–" : recall.share.toFixed(3),
    f1.toFixed(3),
  ]);
  return [
    `right             ${told(accuracy)}`,
    `got a label       ${told(coverage)}`,
    `right of those    ${told(accuracyOfLabelled)}`,
    `mean F1           ${macroF1.toFixed(3)}`,
    `calibration error ${calibrationError.toFixed(3)}`,
    "",
    ...formatTable(columns, rows, width),
  ];
}

/** With its 95 % bounds. */
function told({ hits, of, share, low, high }: Share): string {
  return `${percent(share)} (${percent(low)} to ${percent(high)}), ${formatCount(hits)} of ${formatCount(of)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function formatDisagreements(documents: readonly MatchedDocument[]): string[] {
  const shown = documents
    .slice(0, SHOWN_DISAGREEMENTS)
    .map(({ uri, expected, got }) => `${displayUri(uri)}  ${safeText(expected)} → ${safeText(got ?? "no label")}`);
  const hidden = documents.length - shown.length;
  return hidden === 0 ? shown : [...shown, `and ${formatQuantity(hidden, "more disagreement")}`];
}
