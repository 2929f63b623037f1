import { displayUri } from "@sluice/contracts";
import type { BatchReport } from "./batch-report.ts";
import { describeStates, rankCategories } from "./describe-report.ts";
import { formatBytes, formatCount, formatDuration, formatQuantity, formatRate } from "./format-units.ts";

/** Names of failed documents that are shown; `report.failures` has more. */
const SHOWN_FAILURES = 10;

/**
 * A report as lines of plain text, for logs and scripts: how it ended, how fast, what the documents are, what failed.
 * The command line shows the same with colours and bars.
 */
export function formatSummary(report: BatchReport): string {
  const states = describeStates(report);
  if (report.needsOcr > 0) states.push(`${formatCount(report.needsOcr)} for OCR`);
  const lines = [
    `${formatQuantity(report.documents, "document")} ${report.state} in ${formatDuration(report.seconds)}, batch ${report.batchId}`,
    `  ${states.length === 0 ? "nothing to do" : states.join(", ")}`,
    `  ${formatQuantity(report.pages, "page")}, ${formatBytes(report.bytes)}, ` +
      `${formatRate(report.documentsPerSecond)} documents/s, ${formatRate(report.pagesPerSecond)} pages/s`,
  ];
  const categories = rankCategories(report);
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
