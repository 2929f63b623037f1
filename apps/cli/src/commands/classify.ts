import { ensureDocuments } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { argumentBytes } from "../arguments/argument-bytes.ts";
import type { ClassifyFlags } from "../arguments/classify-arguments.ts";
import { sourceFilter } from "../arguments/source-options.ts";
import { batchOptions } from "../batch/batch-options.ts";
import { reportRun } from "../batch/report-run.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { readSources } from "../batch/read-sources.ts";
import { runBatch } from "../batch/run-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachWorkers } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import type { ExitCode } from "../exit-code.ts";
import { exportResults } from "../export/export-results.ts";
import { planExport } from "../export/export-target.ts";
import { explainLabels } from "../output/explain-labels.ts";
import { formatExplanation } from "../output/format-explanation.ts";
import { formatSummary } from "../output/format-summary.ts";
import { resolveModel } from "../training/resolve-model.ts";
import { ProgressView } from "../output/progress-view.ts";
import { printJson } from "../output/stdout.ts";
import { nextCommands } from "../output/next-commands.ts";

/** `classify PATH…`: everything below the paths, read, classified and stored. */
export async function classify(paths: string[], flags: ClassifyFlags, context: CommandContext): Promise<ExitCode> {
  const { config, stdout, stderr } = context;
  if (flags.format !== undefined && flags.export === undefined) {
    throw new AppError("USAGE", "--format says how to write an export; name its file with --export");
  }
  if (flags.json === true && flags.export === "-") {
    throw new AppError("USAGE", "--json and --export - both want stdout; name a file for the export");
  }
  const place = choosePlace(flags, config);
  const options = await batchOptions(flags, config);
  const passwords = await readPasswords(flags, config);
  const target = flags.export === undefined ? null : await planExport(flags.export, flags.format);
  const given = await readSources(argumentBytes(paths), flags.fromFile);
  const filter = sourceFilter(flags);
  if (given.kind === "here") await ensureDocuments(given.roots, filter);
  else if (flags.limit !== undefined)
    throw new AppError("USAGE", "--limit works on paths; what the server lists is listed whole");

  const signal = context.interrupt.take();
  using view = flags.quiet === true ? null : new ProgressView(stderr);
  await using cluster = await reachWorkers(place, {
    workers: flags.workers ?? config.workers,
    signal,
    variables: config.partVariables,
  });
  const { client } = cluster;
  if (flags.model !== undefined) options.model = await resolveModel(client, flags.model);
  const run = await runBatch({ cluster, given, filter, options, passwords, limit: flags.limit, view, signal });
  view?.[Symbol.dispose]();

  const { report, groups } = await reportRun(client, run);
  if (target !== null && !run.interrupted) await exportResults(client, report.batchId, target);
  const explanations = flags.explain === true ? await explainLabels(client, report.batchId, flags) : [];
  if (flags.json === true) {
    await printJson(flags.explain === true ? { ...report, explanations } : report);
    return report.exit;
  }
  // An export on stdout is for a program; people then read the summary on stderr.
  const out = target?.path === null ? stderr : stdout;
  const look = { width: out.width(), paint: out.paint, unicode: out.unicode };
  const next = nextCommands(report, { place, program: context.program, exported: target?.name ?? null });
  for (const explanation of explanations) out.write(`${formatExplanation(explanation, look).join("\n")}\n\n`);
  out.write(formatSummary(report, groups, next, look));
  return report.exit;
}
