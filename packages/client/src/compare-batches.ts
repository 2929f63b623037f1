import { type ComparisonLine, comparisonLineSchema, NDJSON } from "@sluice/contracts";
import { ApiError } from "./api-error.ts";
import { callStream, type HttpTarget } from "./http-call.ts";
import { textLines } from "./text-lines.ts";

/**
 * What differs between two batches, a line a source, the summary last; in bounded memory. A comparison that breaks off throws: it
 * begins with reading both batches, and cannot be gone on with in its middle.
 */
export async function* compareBatches(
  target: HttpTarget,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<ComparisonLine, void, undefined> {
  const call = { method: "GET", path, accept: NDJSON, repeatable: true } as const;
  let complete = false;
  for await (const line of textLines(callStream(target, signal === undefined ? call : { ...call, signal }))) {
    if (line === "") continue;
    const parsed = comparisonLineSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      const message = `a line of GET ${path} is not what this version understands`;
      throw new ApiError("PROTOCOL_MISMATCH", message, { status: 200, cause: parsed.error });
    }
    complete = parsed.data.line === "summary";
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
