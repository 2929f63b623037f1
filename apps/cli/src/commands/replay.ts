import { formatQuantity } from "@sluice/client";
import { AppError, displayUri, type ItemDetail, type ReadSettings, type ReplayReport } from "@sluice/contracts";
import { replayItem } from "@sluice/launcher";
import type { ReplayFlags } from "../arguments/control-arguments.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatEvidence } from "../output/format-evidence.ts";
import type { Paint } from "../output/paint.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";

/** `replay BATCH/ITEM`: one item again, in the same conditions, with nothing stored. */
export async function replay(item: string, flags: ReplayFlags, context: CommandContext): Promise<ExitCode> {
  const detail = await findItem(item, flags, context);
  const settings = withLimits(detail.settings, flags);
  const { ordinal, uri, sizeBytes } = detail;
  const passwords = await readPasswords(flags, context.config);
  const report = await replayItem({
    request: { ordinal, uri, sizeBytes, settings, passwords },
    environment: context.config.partVariables,
    signal: context.interrupt.take(),
  });
  if (flags.json === true) await printJson({ item: detail, replay: report, sameSource: sameSource(detail, report) });
  else await printStdout(formatReplay(detail, report, context.stdout.paint));
  return report.outcome === "failed" ? EXIT.someFailed : EXIT.ok;
}

async function findItem(item: string, flags: ReplayFlags, context: CommandContext): Promise<ItemDetail> {
  const [, batch, ordinal] = /^(.+)\/(\d{1,9})$/.exec(item) ?? [];
  if (batch === undefined || ordinal === undefined) {
    throw new AppError("USAGE", `${safeText(item)} is no item: give BATCH/ITEM, as in latest/17`);
  }
  await using cluster = await reachReader(choosePlace(flags, context.config));
  return await cluster.client.getItem(await resolveBatch(cluster.client, batch), Number(ordinal));
}

function withLimits(settings: ReadSettings, flags: ReplayFlags): ReadSettings {
  const extract = { ...settings.extract };
  if (flags.timeout !== undefined) extract.documentTimeoutMs = Math.round(flags.timeout * 1_000);
  if (flags.memory !== undefined) extract.documentMemoryMb = flags.memory;
  return { ...settings, extract };
}

/** Whether the bytes are those that the batch has met; null where neither side knows. */
function sameSource(item: ItemDetail, report: ReplayReport): boolean | null {
  if (item.contentHash !== null && report.contentHash !== null) return item.contentHash === report.contentHash;
  return report.sourceVersion === null ? null : item.sourceVersion === report.sourceVersion;
}

/** What the batch says of the item, and what has happened now. */
export function formatReplay(item: ItemDetail, report: ReplayReport, paint: Paint): string {
  const lines = [`${displayUri(item.uri)}  (item ${item.ordinal})`];
  const then = item.code === null ? item.state : `${item.code}  ${item.message ?? ""}`;
  lines.push(`then: ${safeText(then)}`, ...formatEvidence(item.evidence, item.attempts, paint));
  if (report.outcome === "failed") {
    const page = report.page === null ? "" : `, page ${report.page}`;
    lines.push(`now:  ${paint("red", safeText(report.code ?? ""))}  ${safeText(report.message ?? "")}${page}`);
    lines.push(...formatEvidence(report.evidence, 0, paint));
  } else {
    const label = report.classification?.category ?? null;
    const facts = [
      formatQuantity(report.pages ?? 0, "page"),
      ...(report.partial ? ["some pages failed"] : []),
      ...(report.needsOcr ? ["needs OCR"] : []),
      ...(label === null ? [] : [safeText(label)]),
    ];
    lines.push(`now:  ${paint("green", "read")}: ${facts.join(", ")}`);
  }
  lines.push(
    `      ${report.seconds.toFixed(2)} s, ${Math.round(report.cpuMs)} ms of CPU, engine ${report.engineVersion}`,
  );
  if (report.engineVersion !== item.engineVersion) {
    lines.push(`      the batch was read by engine ${safeText(item.engineVersion)}`);
  }
  if (sameSource(item, report) === false) lines.push("      the file has changed since the batch met it");
  return `${lines.join("\n")}\n`;
}
