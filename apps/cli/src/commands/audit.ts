import { formatQuantity } from "@sluice/client";
import type { AuditReport } from "@sluice/contracts";
import type { AuditFlags } from "../arguments/read-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { Paint } from "../output/paint.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `audit BATCH`: every item accounted for, or the gaps by name. */
export async function audit(batch: string, flags: AuditFlags, context: CommandContext): Promise<ExitCode> {
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const report = await cluster.client.audit(await resolveBatch(cluster.client, batch));
  if (flags.json === true) await printJson(report);
  else await printStdout(formatAudit(report, context.stdout.paint));
  return report.balanced ? EXIT.ok : EXIT.someFailed;
}

/** The checks in their order, with the first rows behind each gap. */
export function formatAudit(report: AuditReport, paint: Paint): string {
  const lines = report.checks.flatMap((check) => {
    const mark = check.ok ? paint("green", "ok  ") : paint("red", "GAP ");
    const gaps = check.ok ? "" : ` (${formatQuantity(check.gaps, "row")})`;
    return [
      `${mark}${safeText(check.question)}${gaps}`,
      ...check.examples.map((example) => `      ${safeText(example)}`),
    ];
  });
  const verdict = report.balanced ? paint("green", "balanced") : paint("red", "NOT balanced");
  const facts = `batch ${report.batchId} (${safeText(report.state)}), ${formatQuantity(report.items, "item")}`;
  return `${lines.join("\n")}\n${verdict}: ${facts}\n`;
}
