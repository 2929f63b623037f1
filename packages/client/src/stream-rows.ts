import { NDJSON } from "@sluice/contracts";
import type { z } from "zod";
import { ApiError } from "./api-error.ts";
import { pause } from "./back-off.ts";
import { type Call, callStream, type HttpTarget, retryDelayMs } from "./http-call.ts";
import { textLines } from "./text-lines.ts";

interface RowStream<S extends z.ZodType> {
  path: string;
  query: Record<string, string | number | undefined>;
  schema: S;
  after: number | string | undefined;
  /** What `after` is when the row was the last. */
  placeOf: (row: z.infer<S>) => number | string;
  signal: AbortSignal | undefined;
  /** The server ends each answer at its limit: ask on until one is empty. */
  pages?: boolean;
}

/** Breaks in a row, without a single row in between, after which the error is the caller's. */
const MAX_BREAKS = 6;

/**
 * Rows of an NDJSON answer, in an order in which each has its place. A connection that breaks is opened again behind the last row given, so
 * each row comes once.
 */
export async function* streamRows<S extends z.ZodType>(
  target: HttpTarget,
  stream: RowStream<S>,
): AsyncGenerator<z.infer<S>, void, undefined> {
  let after = stream.after;
  let breaks = 0;
  for (;;) {
    let rows = 0;
    const call: Call = {
      method: "GET",
      path: stream.path,
      query: { ...stream.query, after },
      accept: NDJSON,
      repeatable: true,
      ...(stream.signal === undefined ? {} : { signal: stream.signal }),
    };
    try {
      for await (const line of textLines(callStream(target, call))) {
        if (line === "") continue;
        const row = parseRow(stream, line);
        rows += 1;
        breaks = 0;
        after = stream.placeOf(row);
        yield row;
      }
      if (stream.pages !== true || rows === 0) return;
    } catch (error) {
      breaks += 1;
      const waitMs = breaks < MAX_BREAKS ? retryDelayMs(error, breaks) : null;
      if (waitMs === null) throw error;
      await pause(waitMs, stream.signal);
    }
  }
}

function parseRow<S extends z.ZodType>(stream: RowStream<S>, line: string): z.infer<S> {
  try {
    return stream.schema.parse(JSON.parse(line));
  } catch (error) {
    throw new ApiError("PROTOCOL_MISMATCH", `a line of GET ${stream.path} is not what this version understands`, {
      status: 200,
      cause: error,
    });
  }
}
