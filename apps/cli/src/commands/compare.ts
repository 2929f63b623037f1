import { formatCount, formatQuantity } from "@sluice/client";
import { AppError, type ComparisonRow, type ComparisonSummary, displayUri } from "@sluice/contracts";
import type { CompareFlags } from "../arguments/read-arguments.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachReader } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { compareLabels } from "../compare/compare-labels.ts";
import { safeText } from "../output/safe-text.ts";
import { openStdout } from "../output/stdout.ts";

const SHOWN_DIFFERENCES = 50;

/** `compare LEFT RIGHT`: what differs between two batches of the same sources. Ends with 1 when something does. */
export async function compare(
  left: string,
  right: string,
  flags: CompareFlags,
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.labels !== true && (flags.from ?? flags.to) !== undefined) {
    throw new AppError("USAGE", "--from and --to choose among changed labels; add --labels.");
  }
  await using cluster = await reachReader(choosePlace(flags, context.config));
  const { client } = cluster;
  const [leftId, rightId] = [await resolveBatch(client, left), await resolveBatch(client, right)];
  if (flags.labels === true) return await compareLabels(client, [leftId, rightId], flags);
  const limit = flags.limit ?? (flags.json === true ? Number.POSITIVE_INFINITY : SHOWN_DIFFERENCES);
  const out = openStdout();
  let count = 0;
  if (flags.json === true) await out.write('{"differences":[');
  for await (const line of client.compareBatches(leftId, rightId)) {
    if (line.line === "summary") {
      if (flags.json === true) await out.write(`],"summary":${JSON.stringify(line)}}\n`);
      else await out.write(formatComparison(line, Math.max(0, count - limit)));
      continue;
    }
    count += 1;
    if (count > limit) continue;
    if (flags.json === true) await out.write(`${count === 1 ? "" : ","}${JSON.stringify(line)}`);
    else await out.write(`${formatDifference(line)}\n`);
  }
  await out.flush();
  return count === 0 ? EXIT.ok : EXIT.someFailed;
}

/** A source and how it differs, in a line. */
export function formatDifference({ uri, changes, left, right, pagesChanged }: ComparisonRow): string {
  const told = changes.map((change) => {
    switch (change) {
      case "left_only":
        return "not in the right one";
      case "right_only":
        return "not in the left one";
      case "state":
        return `${left?.code ?? left?.state} → ${right?.code ?? right?.state}`;
      case "label":
        return `${left?.category ?? "no label"} → ${right?.category ?? "no label"}`;
      case "content":
        return "other bytes";
      case "text":
        return `text of ${formatQuantity(pagesChanged, "page")}`;
    }
  });
  return `${displayUri(uri)}  ${safeText(told.join(", "))}`;
}

function formatComparison(summary: ComparisonSummary, hidden: number): string {
  const { both, equal, leftItems, rightItems, labels, changes } = summary;
  const lines = hidden > 0 ? [`and ${formatQuantity(hidden, "more difference")}`] : [];
  lines.push(
    `${formatCount(equal)} of ${formatCount(both)} sources that both have are equal; ` +
      `${formatCount(leftItems)} items on the left, ${formatCount(rightItems)} on the right`,
  );
  const named = Object.entries(changes).filter(([, count]) => count > 0);
  if (named.length > 0) {
    lines.push(
      `  ${named.map(([change, count]) => `${formatCount(count)} ${change.replaceAll("_", " ")}`).join(", ")}`,
    );
  }
  for (const { left, right, items } of labels.slice(0, 20)) {
    lines.push(`  ${safeText(left ?? "no label")} → ${safeText(right ?? "no label")}: ${formatCount(items)}`);
  }
  return `${lines.join("\n")}\n`;
}
