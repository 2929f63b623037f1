import { AppError } from "@sluice/contracts";
import { argumentBytes } from "../arguments/argument-bytes.ts";
import type { SubmitFlags } from "../arguments/submit-arguments.ts";
import { sourceFilter } from "../arguments/source-options.ts";
import { ensureDocuments, formatQuantity } from "@sluice/client";
import { batchOptions } from "../batch/batch-options.ts";
import { followBatch } from "../batch/follow-batch.ts";
import { openSources } from "../batch/open-sources.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { readSources } from "../batch/read-sources.ts";
import { reportRun } from "../batch/report-run.ts";
import { serverReport } from "../batch/server-report.ts";
import { type RootsSubmission, submitRoots } from "../batch/submit-roots.ts";
import { choosePlace, placeFlags } from "../cluster/choose-place.ts";
import { reachRunning } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatSummary } from "../output/format-summary.ts";
import { nextCommands } from "../output/next-commands.ts";
import { resolveModel } from "../training/resolve-model.ts";
import { ProgressView } from "../output/progress-view.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson } from "../output/stdout.ts";

/** `submit PATH…`: everything below the paths, handed in to a fleet. */
export async function submit(paths: string[], flags: SubmitFlags, context: CommandContext): Promise<ExitCode> {
  const { config, stdout, stderr, program } = context;
  const place = choosePlace(flags, config);
  const options = await batchOptions(flags, config);
  const passwords = await readPasswords(flags, config);
  const given = await readSources(argumentBytes(paths), flags.fromFile);
  const filter = sourceFilter(flags);
  if (given.kind === "here") await ensureDocuments(given.roots, filter);
  else if (flags.limit !== undefined)
    throw new AppError("USAGE", "--limit works on paths; the server lists all there is");
  const signal = context.interrupt.take();
  await using cluster = await reachRunning(place);
  const { client } = cluster;
  if (flags.model !== undefined) options.model = await resolveModel(client, flags.model);
  const startedMs = performance.now();
  const submission = await handIn();
  if (submission === null) throw new AppError("INTERRUPTED", "interrupted; what was handed in is kept");
  const { batch, items, resumedAt, superseded, listing } = submission;
  const exit = listing.problemCount > 0 ? EXIT.someFailed : EXIT.ok;
  if (flags.wait !== true) {
    if (flags.json === true) await printJson({ batch, items, resumedAt, superseded, listing, exit });
    else stdout.write(formatSubmission(submission, `${program} status ${batch.batchId} --watch${placeFlags(place)}`));
    return exit;
  }
  const standing = await followBatch(client, batch.batchId, context, signal);
  const seconds = (performance.now() - startedMs) / 1_000;
  const told = given.kind === "here" ? listing : serverReport(standing);
  const run = { batch: standing, superseded, listing: told, seconds, interrupted: signal.aborted };
  const { report, groups } = await reportRun(client, run);
  if (flags.json === true) await printJson(report);
  else {
    const next = signal.aborted
      ? [`${program} status ${batch.batchId} --watch${placeFlags(place)}  # the batch goes on without you`]
      : nextCommands(report, { place, program, exported: null });
    stdout.write(
      formatSummary(report, groups, next, { width: stdout.width(), paint: stdout.paint, unicode: stdout.unicode }),
    );
  }
  return report.exit;

  async function handIn(): Promise<RootsSubmission | null> {
    using view = flags.quiet === true ? null : new ProgressView(stderr);
    try {
      if (given.kind === "server") {
        const { sources } = given;
        return await openSources(client, { sources, filter, name: flags.name, options, passwords, signal });
      }
      return await submitRoots({
        client,
        roots: given.roots,
        filter,
        name: flags.name,
        options,
        passwords,
        limit: flags.limit,
        upload: flags.upload === true,
        resume: flags.resume,
        stateDir: config.stateDir,
        view,
        signal,
      });
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}

function formatSubmission({ batch, items, resumedAt, listing }: RootsSubmission, follow: string): string {
  const before = resumedAt > 0 ? `, ${formatQuantity(resumedAt, "of them", "of them")} before` : "";
  const handedIn = `${formatQuantity(items, "item")} handed in${before}`;
  const what = batch.listing === null ? handedIn : "the server lists its sources";
  const lines = [`batch ${batch.batchId} ${batch.state}: ${what}`];
  for (const { code, message } of listing.problems.slice(0, 10)) lines.push(`  ${code}  ${safeText(message)}`);
  if (listing.problemCount > 0)
    lines.push(`${formatQuantity(listing.problemCount, "entry", "entries")} could not be listed`);
  return `${lines.join("\n")}\n  ${follow}  # how it goes\n`;
}
