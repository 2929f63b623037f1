import { doneLineSchema, type ItemLine, itemLineSchema, progressLineSchema, type ShardLine } from "@sluice/contracts";
import { z } from "zod";
import { AttemptEnded } from "./attempt-ended.ts";
import { isPlainPage } from "./is-plain-page.ts";

const lineSchemas = { item: itemLineSchema, progress: progressLineSchema, done: doneLineSchema } as const;

/** One line of a worker's answer. AttemptEnded (`rejected`) when it is none. */
export function parseLine(text: string): ShardLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AttemptEnded("rejected", { fault: "a line is not valid JSON" });
  }
  const kind = typeof value === "object" && value !== null && "line" in value ? value.line : null;
  if (kind !== "item" && kind !== "progress" && kind !== "done") {
    throw new AttemptEnded("rejected", { fault: "a line is neither item nor progress nor done" });
  }
  const parsed = (kind === "item" ? parsePlainItem(value) : null) ?? lineSchemas[kind].safeParse(value);
  if (parsed.success) {
    if (textsAddUp(parsed.data)) return parsed.data;
    throw new AttemptEnded("rejected", { fault: "the texts of its pages do not add up", ordinal: ordinalOf(value) });
  }
  throw new AttemptEnded("rejected", { fault: z.prettifyError(parsed.error).slice(0, 500), ordinal: ordinalOf(value) });
}

/** The same as by the schema, for a document whose pages need none of it; null for any other item. */
function parsePlainItem(value: unknown): z.ZodSafeParseResult<ItemLine> | null {
  if (typeof value !== "object" || value === null || !("pages" in value)) return null;
  const { pages } = value;
  if (!Array.isArray(pages) || !pages.every(isPlainPage)) return null;
  const parsed = itemLineSchema.safeParse({ ...value, pages: [] });
  if (parsed.success && parsed.data.outcome === "extracted") parsed.data.pages = pages;
  return parsed;
}

function textsAddUp(line: ShardLine): boolean {
  if (line.line !== "item" || line.outcome !== "extracted") return true;
  return line.textBytes === line.pages.reduce((sum, page) => sum + (page.textBytes ?? 0), 0);
}

function ordinalOf(value: unknown): number | null {
  return typeof value === "object" && value !== null && "ordinal" in value && typeof value.ordinal === "number"
    ? value.ordinal
    : null;
}
