import { resolveRoots } from "@sluice/client";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError, type ResultRow } from "@sluice/contracts";
import type { DemoFlags } from "../arguments/classify-arguments.ts";
import { reportRun } from "../batch/report-run.ts";
import { runBatch } from "../batch/run-batch.ts";
import type { Place } from "../cluster/choose-place.ts";
import { reachWorkers } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatResults } from "../output/format-results.ts";
import { formatSummary } from "../output/format-summary.ts";
import { nextCommands } from "../output/next-commands.ts";
import { ProgressView } from "../output/progress-view.ts";
import { printJson } from "../output/stdout.ts";

const REPOSITORY = resolve(import.meta.dir, "../../../..");
const SAMPLES = join(REPOSITORY, "packages/testkit/samples/documents");

/**
 * `demo`: the sample documents, classified for real, as a table. Some of them are meant to fail, so that their failing
 * is no fault of the demo.
 */
export async function demo(flags: DemoFlags, context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr, config } = context;
  const folder = await stat(SAMPLES).catch(() => null);
  if (folder?.isDirectory() !== true) {
    throw new AppError("PATH_NOT_FOUND", `the sample documents come with a checkout; there are none at ${SAMPLES}`);
  }
  const dataDir = resolve(flags.dataDir ?? join(REPOSITORY, ".sluice/demo"));
  const place: Place = { kind: "dataDir", dataDir, byDefault: false };
  const signal = context.interrupt.take();
  using view = new ProgressView(stderr);
  await using cluster = await reachWorkers(place, { workers: config.workers, signal, variables: config.partVariables });
  const { client } = cluster;
  const run = await runBatch({
    cluster,
    given: { kind: "here", roots: await resolveRoots([Buffer.from(SAMPLES)]) },
    filter: {},
    options: {},
    passwords: [],
    limit: undefined,
    view,
    signal,
  });
  view[Symbol.dispose]();
  const { report, groups } = await reportRun(client, run);
  if (flags.json === true) await printJson(report);
  else {
    const rows: ResultRow[] = [];
    for await (const row of client.results(report.batchId)) rows.push(row);
    const { paint, unicode } = stdout;
    const look = { width: stdout.width(), paint, unicode };
    const table = formatResults(rows, SAMPLES, look.width, paint);
    const next = report.interrupted ? [] : [`${context.program} classify FOLDER  # your own documents`];
    next.push(...nextCommands(report, { place, program: context.program, exported: null }));
    stdout.write(`${table.join("\n")}\n\n${formatSummary(report, groups, next, look)}`);
  }
  return run.interrupted ? EXIT.interrupted : EXIT.ok;
}
