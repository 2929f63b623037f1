import { type SluiceClient, formatQuantity } from "@sluice/client";
import { displayUri, type ItemDetail, type ReadSettings, type ReplayReport } from "@sluice/contracts";
import { replayItem } from "@sluice/launcher";
import type { ReplayFlags } from "../arguments/control-arguments.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { resolveItem } from "../batch/resolve-item.ts";
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
  const passwords = await readPasswords(flags, context.config);
  const signal = context.interrupt.take();
  const { detail, report } = await (flags.remote === true ? replayRemotely : replayHere)();
  if (flags.json === true) await printJson({ item: detail, replay: report, sameSource: sameSource(detail, report) });
  else await printStdout(formatReplay(detail, report, context.stdout.paint));
  return report.outcome === "failed" ? EXIT.someFailed : EXIT.ok;

  async function replayHere(): Promise<Replayed> {
    const detail = await withCluster((client, batchId, ordinal) => client.getItem(batchId, ordinal));
    const { ordinal, uri, sizeBytes } = detail;
    const settings = withLimits(detail.settings, flags);
    const request = { ordinal, uri, sizeBytes, settings, passwords };
    return { detail, report: await replayItem({ request, environment: context.config.partVariables, signal }) };
  }

  function replayRemotely(): Promise<Replayed> {
    return withCluster(async (client, batchId, ordinal) => {
      const limits = {
        ...(flags.timeout === undefined ? {} : { documentTimeoutMs: Math.round(flags.timeout * 1_000) }),
        ...(flags.memory === undefined ? {} : { documentMemoryMb: flags.memory }),
      };
      const report = await client.replayItem(batchId, ordinal, { ...limits, passwords }, { signal });
      return { detail: await client.getItem(batchId, ordinal), report };
    });
  }

  async function withCluster<T>(
    use: (client: SluiceClient, batchId: string, ordinal: number) => Promise<T>,
  ): Promise<T> {
    await using cluster = await reachReader(choosePlace(flags, context.config));
    const { batchId, ordinal } = await resolveItem(cluster.client, item);
    return await use(cluster.client, batchId, ordinal);
  }
}

interface Replayed {
  readonly detail: ItemDetail;
  readonly report: ReplayReport;
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
