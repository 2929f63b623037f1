import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { formatQuantity } from "@sluice/client";
import { AppError, displayUri } from "@sluice/contracts";
import { readLabels } from "@sluice/evaluation";
import { businessTaxonomy } from "@sluice/taxonomy";
import type { EvalFlags } from "../arguments/eval-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { checkCategories, taxonomyGivesSeveral } from "../evaluation/check-categories.ts";
import { formatJudgement } from "../evaluation/format-judgement.ts";
import { judgeDocuments } from "../evaluation/judge-documents.ts";
import { matchLabels, type MatchedDocument } from "../evaluation/match-labels.ts";
import { formatLlmTotals, reportJson, writeReport } from "../evaluation/write-report.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

const SHOWN_DISAGREEMENTS = 20;

/** `eval LABELS`: how good the labels of a batch are. */
export async function evaluate(path: string, flags: EvalFlags, context: CommandContext): Promise<ExitCode> {
  const file = safeText(basename(path));
  const labels = readLabels(await readText(path), file);
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, flags.batch);
  const taxonomy = (await cluster.client.getBatchOptions(batchId)).taxonomy ?? businessTaxonomy;
  checkCategories(labels, taxonomy, file);
  const { documents, missing, unjudged } = await matchLabels(labels, cluster.client.results(batchId), file);
  if (documents.length === 0) {
    throw new AppError(
      "LABELS_INVALID",
      `none of the ${formatQuantity(labels.length, "document")} in ${file} has been judged in batch ${batchId}`,
    );
  }
  const judgement = judgeDocuments(documents, taxonomyGivesSeveral(taxonomy));
  const disagreements = documents.filter(({ expected, got }) => expected.join(";") !== got.toSorted().join(";"));
  const { totals } = await cluster.client.listLlmCalls(batchId, { limit: 1 });
  const llm = totals.calls === 0 ? null : totals;
  const report = { batchId, file, judgement, missing: missing.length, unjudged, llm };
  if (flags.outputDir !== undefined) await writeReport(resolve(flags.outputDir), report, disagreements);
  if (flags.json === true) {
    await printJson({ ...reportJson(report), disagreements });
    return EXIT.ok;
  }
  const lines = [...formatJudgement(judgement, context.stdout.width()), "", ...formatDisagreements(disagreements)];
  if (llm !== null) lines.push(formatLlmTotals(llm));
  if (missing.length > 0) lines.push(`${formatQuantity(missing.length, "document")} of the file: not in this batch`);
  if (unjudged > 0) lines.push(`${formatQuantity(unjudged, "document")} of the file: failed, or not judged yet`);
  if (flags.outputDir !== undefined) lines.push(`report and charts in ${safeText(flags.outputDir)}`);
  await printStdout(`${lines.join("\n")}\n`);
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

function formatDisagreements(documents: readonly MatchedDocument[]): string[] {
  const named = (labels: readonly string[]) => (labels.length === 0 ? "no label" : safeText(labels.join(", ")));
  const shown = documents
    .slice(0, SHOWN_DISAGREEMENTS)
    .map(({ uri, expected, got }) => `${displayUri(uri)}  ${named(expected)} → ${named(got)}`);
  const hidden = documents.length - shown.length;
  return hidden === 0 ? shown : [...shown, `and ${formatQuantity(hidden, "more disagreement")}`];
}
