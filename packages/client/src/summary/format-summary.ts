import { displayUri } from "@sluice/contracts";
import type { BatchReport } from "./batch-report.ts";
import { formatBytes, formatCount, formatDuration, formatQuantity, formatRate } from "./format-units.ts";

/** Names of failed documents that are shown; `report.failures` has more. */
const SHOWN_FAILURES = 10;

/**
 * A report as lines of plain text, for logs and scripts: how it ended, how fast, what the documents are, what failed.
 * The command line shows the same with colours and bars.
 */
export function formatSummary(report: BatchReport): string {
  const lines = [
    `${formatQuantity(report.documents, "document")} ${report.state} in ${formatDuration(report.seconds)}, batch ${report.batchId}`,
    `  ${statesOf(report).join(", ")}`,
    `  ${formatQuantity(report.pages, "page")}, ${formatBytes(report.bytes)}, ` +
      `${formatRate(report.documentsPerSecond)} documents/s, ${formatRate(report.pagesPerSecond)} pages/s`,
  ];
  const categories = Object.entries(report.categories).sort(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1),
  );
  if (categories.length > 0) {
    lines.push(`  ${categories.map(([name, count]) => `${displayUri(name)} ${formatCount(count)}`).join(", ")}`);
  }
  for (const { uri, code, message } of report.failures.slice(0, SHOWN_FAILURES)) {
    lines.push(`  ${code}  ${displayUri(uri)}: ${displayUri(message)}`);
  }
  const more = report.failed + report.classifyFailed - Math.min(report.failures.length, SHOWN_FAILURES);
  if (more > 0) lines.push(`  and ${formatQuantity(more, "more failure")}`);
  for (const { code, message } of report.listingProblems.slice(0, SHOWN_FAILURES)) {
    lines.push(`  not listed: ${code}  ${message}`);
  }
  return `${lines.join("\n")}\n`;
}

function statesOf(report: BatchReport): string[] {
  const states = [
    [report.succeeded, "succeeded"],
    [report.partial, "partial"],
    [report.duplicates, report.duplicates === 1 ? "duplicate" : "duplicates"],
    [report.unchanged, "unchanged"],
    [report.failed, "failed"],
    [report.cancelled, "cancelled"],
    [report.pending, "pending"],
    [report.needsOcr, "for OCR"],
  ] as const;
  const shown = states.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  return shown.length === 0 ? ["nothing to do"] : shown;
}
