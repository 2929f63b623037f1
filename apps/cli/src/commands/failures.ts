import { formatQuantity } from "@sluice/client";
import { displayUri, type FailureRow } from "@sluice/contracts";
import type { FailuresFlags } from "../arguments/read-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { wrap } from "../output/fit-text.ts";
import { formatEvidence } from "../output/format-evidence.ts";
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
  else {
    await out.write(`${formatQuantity(count, "failure")} in batch ${batchId}\n`);
    const { program } = context;
    if (count > 0) {
      await out.write(`\`${program} replay BATCH/ITEM\` reads one again and shows what happens, `);
      await out.write(`\`${program} retry BATCH\` reads them all again\n`);
    }
  }
  await out.flush();
  return EXIT.ok;
}

const SHOWN_EARLIER = 3;

/** A failure in a few lines. */
export function formatFailure(row: FailureRow, width: number, paint: Paint): string {
  const page = row.page === null ? "" : `, page ${row.page}`;
  const lines = [
    `${displayUri(row.uri)}  (item ${row.ordinal})`,
    `  ${paint("red", safeText(row.code))}  ${safeText(row.message)}${page}`,
  ];
  lines.push(...formatEvidence(row.evidence, row.attempts, paint));
  for (const failure of row.earlier.slice(0, SHOWN_EARLIER)) {
    const at = failure.retriedAt.slice(0, 16).replace("T", " ");
    lines.push(`  before a retry at ${at}: ${safeText(failure.code)}  ${safeText(failure.message)}`);
  }
  lines.push(...wrap(safeText(row.advice), width - 2).map((line) => `  ${line}`));
  return lines.join("\n");
}
