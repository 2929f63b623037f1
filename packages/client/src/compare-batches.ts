import {
  type ComparisonLine,
  comparisonLineSchema,
  type LabelComparisonLine,
  labelComparisonLineSchema,
  NDJSON,
} from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { callStream, type HttpTarget } from "./http-call.ts";
import { textLines } from "./text-lines.ts";

/** Which of the changed labels are told. */
export interface LabelChangeFilter {
  readonly from?: string;
  readonly to?: string;
  /** 1,000 where it is left out. */
  readonly limit?: number;
}

/**
 * What differs between two batches, a line a source, the summary last; in bounded memory. A comparison that breaks off throws: it
 * begins with reading both batches, and cannot be gone on with in its middle.
 */
export function compareBatches(target: HttpTarget, path: string, signal?: AbortSignal): AsyncGenerator<ComparisonLine> {
  return finishedLines(target, { path, signal }, (value) => comparisonLineSchema.safeParse(value), "summary");
}

/** The changed labels, then which labels became which, over all; as `compareBatches`. */
export function compareLabels(
  target: HttpTarget,
  path: string,
  { signal, ...filter }: LabelChangeFilter & { signal?: AbortSignal | undefined },
): AsyncGenerator<LabelComparisonLine> {
  const call = { path, signal, query: { ...filter } };
  return finishedLines(target, call, (value) => labelComparisonLineSchema.safeParse(value), "labels");
}

type Parsed<Line> = { success: true; data: Line } | { success: false; error: Error };

async function* finishedLines<Line extends { line: string }>(
  target: HttpTarget,
  {
    path,
    signal,
    query = {},
  }: { path: string; signal?: AbortSignal | undefined; query?: Record<string, string | number> },
  parse: (value: unknown) => Parsed<Line>,
  last: Line["line"],
): AsyncGenerator<Line, void, undefined> {
  const call = { method: "GET", path, query, accept: NDJSON, repeatable: true } as const;
  let complete = false;
  for await (const line of textLines(callStream(target, signal === undefined ? call : { ...call, signal }))) {
    if (line === "") continue;
    const parsed = parse(parseJson(line));
    if (!parsed.success) {
      const message = `a line of GET ${path} is not what this version understands`;
      throw new ApiError("PROTOCOL_MISMATCH", message, { status: 200, cause: parsed.error });
    }
    complete = parsed.data.line === last;
    yield parsed.data;
  }
  if (!complete) throw new ApiError("UNREACHABLE", `GET ${path} was cut off before its last line`, { status: 0 });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
