import type { SearchFragment, SearchHit, SearchResponse } from "@sluice/contracts";
import { formatCount, formatQuantity } from "@sluice/client";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";
import { wrap } from "./fit-text.ts";

/** A page that was found, in a few lines. */
export function formatHit(hit: SearchHit, width: number, paint: Paint): string {
  const [item, ...others] = hit.items;
  const name = item === undefined ? hit.contentHash : item.path;
  const facts = [
    `page ${hit.pageNo}`,
    ...(item?.category === null || item === undefined ? [] : [safeText(item.category)]),
    ...(others.length === 0 ? [] : [`and ${formatQuantity(others.length, "more item")}`]),
  ];
  const lines = [`${paint("bold", safeText(name))}  ${paint("dim", facts.join(", "))}`];
  for (const fragment of hit.fragments) {
    lines.push(...wrap(marked(fragment), width - 4).map((line) => `    ${painted(line, paint)}`));
  }
  return lines.join("\n");
}

/** What a search covers, for people. */
export function formatSearchable(
  shown: number,
  { exhaustive, searchable }: Pick<SearchResponse, "exhaustive" | "searchable">,
): string {
  const { items, of, withoutText, refused, stalled } = searchable;
  const parts = [formatQuantity(shown, "page")];
  if (!exhaustive) parts.push("the best of many that were not all compared: add words, or a filter");
  if (items < of) parts.push(`${formatCount(items)} of ${formatCount(of)} documents are searchable yet`);
  if (stalled > 0)
    parts.push(`${formatQuantity(stalled, "batch", "batches")} could not be gone on with, see the server's log`);
  if (refused > 0) parts.push(`${formatQuantity(refused, "document")} of these not with every page`);
  if (withoutText > 0) parts.push(`${formatQuantity(withoutText, "document")} without text (--store meta) never are`);
  return parts.join("; ");
}

// Characters that no text has by now: `safeText` makes others of them that are in it.
const BEGIN = "\u0001";
const END = "\u0002";

function marked({ text, marks }: SearchFragment): string {
  let out = "";
  let at = 0;
  for (const { start, end } of marks) {
    out += `${safeText(text.slice(at, start))}${BEGIN}${safeText(text.slice(start, end))}${END}`;
    at = end;
  }
  return `…${out}${safeText(text.slice(at))}…`.replaceAll(/\s+/g, " ");
}

function painted(line: string, paint: Paint): string {
  return line
    .replaceAll(new RegExp(`${BEGIN}([^${END}]*)${END}`, "g"), (_, words: string) => paint("yellow", words))
    .replaceAll(new RegExp(`[${BEGIN}${END}]`, "g"), "");
}
