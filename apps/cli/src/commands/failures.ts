import { displayUri, type FailureRow } from "@sluice/contracts";
import type { FailuresFlags } from "../arguments/read-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { wrap } from "../output/fit-text.ts";
import { formatQuantity } from "../output/format-units.ts";
import type { Paint } from "../output/paint.ts";
import { safeText } from "../output/safe-text.ts";
import { openStdout } from "../output/stdout.ts";

/** `failures BATCH`: every failed item with its cause, its evidence and the next step. */
export async function failures(batch: string, flags: FailuresFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const batchId = await resolveBatch(cluster.client, batch);
  const { paint, width } = context.stdout;
  const out = openStdout();
  let count = 0;
  if (flags.json === true) await out.write(`{"batchId":${JSON.stringify(batchId)},"failures":[`);
  for await (const row of cluster.client.failures(batchId)) {
    if (flags.json === true) await out.write(`${count === 0 ? "" : ","}${JSON.stringify(row)}`);
    else await out.write(`${formatFailure(row, width(), paint)}\n`);
    count += 1;
  }
  if (flags.json === true) await out.write(`],"failed":${count}}\n`);
  else await out.write(`${formatQuantity(count, "failure")} in batch ${batchId}\n`);
  await out.flush();
  return EXIT.ok;
}

/** A failure in a few lines. */
export function formatFailure(row: FailureRow, width: number, paint: Paint): string {
  const page = row.page === null ? "" : `, page ${row.page}`;
  const lines = [displayUri(row.uri), `  ${paint("red", safeText(row.code))}  ${safeText(row.message)}${page}`];
  const { evidence } = row;
  const facts = [
    row.attempts > 1 ? `${row.attempts} attempts` : null,
    evidence?.signal == null ? null : `signal ${evidence.signal}`,
    evidence?.exitCode == null ? null : `exit code ${evidence.exitCode}`,
    evidence?.peakRssBytes == null ? null : `peak memory ${Math.round(evidence.peakRssBytes / 1e6)} MB`,
    evidence?.elapsedMs == null ? null : `after ${Math.round(evidence.elapsedMs)} ms`,
  ].filter((fact) => fact !== null);
  if (facts.length > 0) lines.push(`  ${safeText(facts.join(", "))}`);
  const stderr = evidence?.stderrTail?.trim() ?? "";
  if (stderr !== "") for (const line of stderr.split("\n").slice(-5)) lines.push(paint("dim", `  | ${safeText(line)}`));
  lines.push(...wrap(safeText(row.advice), width - 2).map((line) => `  ${line}`));
  return lines.join("\n");
}
