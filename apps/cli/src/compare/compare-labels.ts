import { formatCount, formatQuantity, type SluiceClient } from "@sluice/client";
import { type ChangedLabel, displayUri, type LabelMatrix, MOST_CHANGED_LABELS } from "@sluice/contracts";
import { shareOf } from "@sluice/evaluation";
import type { CompareFlags } from "../arguments/read-arguments.ts";
import { told } from "../evaluation/format-judgement.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { safeText } from "../output/safe-text.ts";
import { openStdout } from "../output/stdout.ts";

const SHOWN_CHANGES = 50;
const SHOWN_MOVES = 20;

/** `compare LEFT RIGHT --labels`: which labels became which. Ends with 1 when some are others. */
export async function compareLabels(
  client: SluiceClient,
  [left, right]: readonly [string, string],
  { from, to, limit, ...flags }: CompareFlags,
): Promise<ExitCode> {
  const filter = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const json = flags.json === true;
  const shown = limit ?? (json ? MOST_CHANGED_LABELS : SHOWN_CHANGES);
  const out = openStdout();
  let exit: ExitCode = EXIT.ok;
  let separator = '{"documents":[';
  for await (const line of client.compareLabels(left, right, { ...filter, limit: shown })) {
    if (line.line === "changed") {
      const { line: _, ...document } = line;
      await out.write(json ? `${separator}${JSON.stringify(document)}` : `${formatChange(line)}\n`);
      separator = ",";
      continue;
    }
    const { line: _, changed, ...matrix } = line;
    if (line.same < line.both) exit = EXIT.someFailed;
    if (json) await out.write(`${changed === 0 ? separator : ""}],${JSON.stringify(matrix).slice(1)}\n`);
    else await out.write(formatMatrix(line));
  }
  await out.flush();
  return exit;
}

function formatMatrix({ both, same, moves, movesHidden, more }: LabelMatrix): string {
  const changed = moves.filter(({ left, right }) => left !== right);
  const hidden = Math.max(0, changed.length - SHOWN_MOVES) + movesHidden;
  const lines = [
    ...(more ? ["and more: see --limit"] : []),
    both === 0 ? "there is no source that both have judged" : `same label ${told(shareOf(same, both))}`,
    ...changed
      .slice(0, SHOWN_MOVES)
      .map(({ left, right, items }) => `  ${named(left)} → ${named(right)}: ${formatCount(items)}`),
    ...(hidden > 0 ? [`  and ${formatQuantity(hidden, "rarer change")}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function formatChange({ uri, left, right }: ChangedLabel): string {
  const sure = ({ category, confidence }: ChangedLabel["left"]) =>
    category === null || confidence === null ? named(category) : `${named(category)} (${confidence.toFixed(2)})`;
  return `${displayUri(uri)}  ${sure(left)} → ${sure(right)}`;
}

function named(category: string | null): string {
  return category === null ? "no label" : safeText(category);
}
