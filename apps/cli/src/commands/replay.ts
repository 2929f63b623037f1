import { formatBytes, formatDuration, formatQuantity, type SluiceClient } from "@sluice/client";
import {
  displayUri,
  ERROR_RULES,
  isErrorCode,
  type ItemDetail,
  parseSource,
  type ReadSettings,
  type ReplayReport,
} from "@sluice/contracts";
import { replayItem } from "@sluice/launcher";
import type { ReplayFlags } from "../arguments/control-arguments.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { resolveItem } from "../batch/resolve-item.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { type ReachedCluster, reachReader, reachWorkersOf } from "../cluster/reach-cluster.ts";
import { whenWorkersCome } from "../cluster/when-workers-come.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatEvidence } from "../output/format-evidence.ts";
import { wrap } from "../output/fit-text.ts";
import { safeText } from "../output/safe-text.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import type { Terminal } from "../output/terminal.ts";

/** `replay BATCH/ITEM`: one item again, in the same conditions, with nothing stored. */
export async function replay(item: string, flags: ReplayFlags, context: CommandContext): Promise<ExitCode> {
  const { config } = context;
  const place = choosePlace(flags, config);
  const passwords = await readPasswords(flags, config);
  const signal = context.interrupt.take();
  const found = await within(await reachReader(place), async ({ client, own }) => {
    const { batchId, ordinal } = await resolveItem(client, item);
    const detail = await client.getItem(batchId, ordinal);
    // A worker of a fleet or of a cluster that runs; one that was started to read has none.
    const remotely = flags.remote === true || isUpload(detail);
    return { detail, remotely, answer: remotely && !own ? await askWorker(client, detail) : null };
  });
  const { detail } = found;
  const report = found.answer ?? (found.remotely ? await replayInOwnCluster(detail) : await replayHere(detail));
  if (flags.json === true) await printJson({ item: detail, replay: report, sameSource: sameSource(detail, report) });
  else await printStdout(formatReplay(detail, report, context.stdout));
  return report.outcome === "failed" ? EXIT.someFailed : EXIT.ok;

  async function replayHere({ ordinal, uri, sizeBytes, settings: asked }: ItemDetail): Promise<ReplayReport> {
    const settings = withLimits(asked, flags);
    const request = { ordinal, uri, sizeBytes, settings, passwords };
    return await replayItem({ request, environment: config.partVariables, signal });
  }

  async function replayInOwnCluster(detail: ItemDetail): Promise<ReplayReport> {
    const needs = { workers: 1, signal, variables: config.partVariables };
    return await within(await reachWorkersOf(place, needs), (cluster) =>
      whenWorkersCome(cluster, () => askWorker(cluster.client, detail), signal),
    );
  }

  function askWorker(client: SluiceClient, { batchId, ordinal }: ItemDetail): Promise<ReplayReport> {
    const limits = {
      ...(flags.timeout === undefined ? {} : { documentTimeoutMs: Math.round(flags.timeout * 1_000) }),
      ...(flags.memory === undefined ? {} : { documentMemoryMb: flags.memory }),
    };
    return client.replayItem(batchId, ordinal, { ...limits, passwords }, { signal });
  }
}

async function within<T>(cluster: ReachedCluster, use: (cluster: ReachedCluster) => Promise<T>): Promise<T> {
  await using reached = cluster;
  return await use(reached);
}

/** Its bytes lie with the coordinators, who give them to workers only. */
function isUpload({ uri }: ItemDetail): boolean {
  return parseSource(uri)?.place.scheme === "upload";
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
export function formatReplay(
  item: ItemDetail,
  report: ReplayReport,
  { paint, width }: Pick<Terminal, "paint" | "width">,
): string {
  const { documentTimeoutMs, documentMemoryMb } = item.settings.extract;
  const lines = [
    `${displayUri(item.uri)}  (item ${item.ordinal} of batch ${item.batchId})`,
    `      ${formatBytes(item.sizeBytes)}, SHA-256 ${report.contentHash ?? item.contentHash ?? "unknown"}`,
    `      limits of the batch: ${formatDuration(documentTimeoutMs / 1_000)}, ${documentMemoryMb} MB`,
    `then: ${then(item)}`,
    ...formatEvidence(item.evidence, item.attempts, paint),
  ];
  for (const failure of item.earlier) {
    lines.push(`  before a retry: ${safeText(failure.code)}  ${safeText(failure.message)}`);
  }
  if (report.outcome === "failed") {
    const page = report.page === null ? "" : `, page ${report.page}`;
    lines.push(`now:  ${paint("red", safeText(report.code ?? ""))}  ${safeText(report.message ?? "")}${page}`);
    lines.push(...formatEvidence(report.evidence, 0, paint));
    const advice = isErrorCode(report.code) ? ERROR_RULES[report.code].advice : "";
    if (advice !== "") lines.push(...wrap(advice, width() - 6).map((line) => paint("bold", `      ${line}`)));
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
  const restarts =
    report.childRestarts === 0 ? "" : `, ${formatQuantity(report.childRestarts, "extractor")} died over it`;
  lines.push(
    `      ${report.seconds.toFixed(2)} s, ${Math.round(report.cpuMs)} ms of CPU, engine ${safeText(report.engineVersion)}${restarts}`,
  );
  if (report.engineVersion !== item.engineVersion) {
    lines.push(`      the batch was read by engine ${safeText(item.engineVersion)}`);
  }
  if (sameSource(item, report) === false) lines.push("      the file has changed since the batch met it");
  return `${lines.join("\n")}\n`;
}

function then({ state, code, message, page }: ItemDetail): string {
  if (code === null) return safeText(state);
  return `${safeText(code)}  ${safeText(message ?? "")}${page === null ? "" : `, page ${page}`}`;
}
