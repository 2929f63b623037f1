import {
  describeStates,
  type FailureGroup,
  formatBytes,
  formatCount,
  formatDuration,
  formatQuantity,
  formatRate,
  rankCategories,
} from "@sluice/client";
import { displayUri } from "@sluice/contracts";
import type { RunReport } from "../batch/report-run.ts";
import { displayWidth, pad, truncate, wrap } from "./fit-text.ts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";

export interface SummaryLook {
  readonly width: number;
  readonly paint: Paint;
  readonly unicode: boolean;
}

const SHOWN_PROBLEMS = 10;
const SHOWN_CATEGORIES = 20;

/** The summary of a batch for people. `next` are commands to try. */
export function formatSummary(
  report: RunReport,
  groups: readonly FailureGroup[],
  next: readonly string[],
  look: SummaryLook,
): string {
  const sections = [
    headSection(report, look),
    categorySection(report, look),
    failureSection(groups, look),
    problemSection(report, look),
    next.length === 0 ? [] : [look.paint("bold", "Next"), ...next.map((command) => `  ${command}`)],
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => `${section.join("\n")}\n`)
    .join("\n");
}

function headSection(report: RunReport, { paint, unicode, width }: SummaryLook): string[] {
  const separator = unicode ? " · " : ", ";
  const outcome =
    report.state === "done"
      ? paint("green", "done")
      : paint("yellow", report.interrupted ? "interrupted" : report.state);
  const shown = describeStates(report);
  const facts = [formatQuantity(report.pages, "page"), formatBytes(report.bytes)];
  // Rates of a run that found everything unchanged would be rates of looking up, not of reading.
  if (report.succeeded + report.partial + report.failed > 0) {
    facts.push(`${formatRate(report.documentsPerSecond)} documents/s`, `${formatRate(report.pagesPerSecond)} pages/s`);
  }
  if (report.needsOcr > 0) facts.push(paint("yellow", `${formatCount(report.needsOcr)} need OCR`));
  const head = `${paint("bold", formatQuantity(report.documents, "document"))} ${outcome} in ${formatDuration(report.seconds)}`;
  const lines = [`${head}  ${paint("dim", `batch ${report.batchId}`)}`];
  if (shown.length > 0) lines.push(...wrap(shown.join(separator), width - 2).map((line) => `  ${line}`));
  lines.push(`  ${facts.join(separator)}`);
  const { hidden, dataDirs, repeated, filtered } = report.skipped;
  const skipped = [
    hidden > 0 ? formatQuantity(hidden, "hidden entry", "hidden entries") : null,
    dataDirs > 0 ? formatQuantity(dataDirs, "data directory", "data directories") : null,
    repeated > 0 ? formatQuantity(repeated, "repeated folder") : null,
    filtered > 0 ? `${formatCount(filtered)} by filters` : null,
  ].filter((part) => part !== null);
  if (skipped.length > 0) lines.push(paint("dim", `  left out: ${skipped.join(separator)}`));
  return lines;
}

function categorySection(report: RunReport, { width, paint, unicode }: SummaryLook): string[] {
  const categories = rankCategories(report);
  if (categories.length === 0 && report.abstained + report.noText === 0) return [];
  const rows = categories.slice(0, SHOWN_CATEGORIES).map(([name, count]) => ({ name: safeText(name), count }));
  const hidden = categories.length - rows.length;
  const nameWidth = Math.min(32, Math.max(12, ...rows.map((row) => displayWidth(row.name))));
  const countWidth = formatCount(Math.max(0, ...rows.map((row) => row.count), report.abstained, report.noText)).length;
  const barRoom = Math.max(0, Math.min(40, width - nameWidth - countWidth - 6));
  const most = rows[0]?.count ?? 1;
  const cells = (name: string, count: number) =>
    `  ${pad(truncate(name, nameWidth), nameWidth)}  ${pad(formatCount(count), countWidth, "right")}`;
  const lines = rows.map(({ name, count }) => {
    const bar = (unicode ? "█" : "#").repeat(Math.max(1, Math.round((count / most) * barRoom)));
    return `${cells(name, count)}  ${paint("cyan", bar)}`;
  });
  if (hidden > 0) lines.push(`  and ${formatQuantity(hidden, "more category", "more categories")}`);
  if (report.abstained > 0) lines.push(`${cells("(unsure)", report.abstained)}  no category is likely enough`);
  if (report.noText > 0) lines.push(`${cells("(no text)", report.noText)}  nothing to judge: scanned or empty`);
  return [paint("bold", "Categories"), ...lines];
}

function failureSection(groups: readonly FailureGroup[], { width, paint }: SummaryLook): string[] {
  if (groups.length === 0) return [];
  const lines = [paint("bold", "Failures")];
  for (const group of groups) {
    lines.push(`  ${paint("red", safeText(group.code))}  ${formatCount(group.count)}`);
    lines.push(...wrap(safeText(group.advice), width - 4).map((line) => `    ${line}`));
    for (const { uri } of group.examples)
      lines.push(paint("dim", `      ${truncate(displayUri(uri), width - 6, "end")}`));
    const more = group.count - group.examples.length;
    if (more > 0) lines.push(paint("dim", `      and ${formatCount(more)} more`));
  }
  return lines;
}

function problemSection(report: RunReport, { paint }: SummaryLook): string[] {
  const problems = report.listingProblems;
  if (problems.length === 0) return [];
  const lines = [paint("bold", `Not listed (${formatCount(report.listingProblemCount)})`)];
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) {
    lines.push(`  ${paint("red", safeText(problem.code))}  ${safeText(problem.message)}`);
  }
  const more = report.listingProblemCount - Math.min(problems.length, SHOWN_PROBLEMS);
  if (more > 0) lines.push(`  and ${formatCount(more)} more`);
  return lines;
}
