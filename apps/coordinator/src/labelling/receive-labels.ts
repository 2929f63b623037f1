import {
  type LabelDoneLine,
  type LabelItem,
  type LabelItemLine,
  type LabelLine,
  labelLineSchema,
  type LabelShardRequest,
  LABEL_STREAM,
} from "@sluice/contracts";
import { z } from "zod";
import { AnswerReader } from "../dispatch/answer-reader.ts";
import { AttemptEnded } from "../dispatch/attempt-ended.ts";
import { isRefused } from "../dispatch/is-refused.ts";
import { StreamWatch } from "../dispatch/stream-watch.ts";
import type { KnownWorker } from "../workers/list-workers.ts";

/** An LLM may take minutes for a document; a worker without a line in so long a time has lost its way. */
const STUCK_MS = 900_000;
/** A line is some kilobytes at most: a label, why, and a few calls. */
const MAX_LINE_BYTES = 1 << 20;

export interface ReceivedLabels {
  readonly lines: readonly LabelItemLine[];
  readonly done: LabelDoneLine;
}

/**
 * Sends documents to a worker to be judged and takes what it streams back, until its `done` line. AttemptEnded when it does not get
 * so far, or with `abort`'s reason when somebody ends it.
 */
export async function receiveLabels(
  worker: KnownWorker,
  request: LabelShardRequest,
  abort: AbortController,
): Promise<ReceivedLabels> {
  using watch = new StreamWatch({ documentTimeoutMs: STUCK_MS, stuckMs: STUCK_MS, abort });
  try {
    const body = await post(worker, request, abort.signal);
    return await readAnswer(body, request.items, watch);
  } catch (error) {
    if (abort.signal.aborted && abort.signal.reason instanceof AttemptEnded) throw abort.signal.reason;
    if (error instanceof AttemptEnded) throw error;
    throw new AttemptEnded("worker_lost", { fault: String(error).slice(0, 200) });
  }
}

async function post(
  worker: KnownWorker,
  request: LabelShardRequest,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  let response: Response;
  try {
    response = await fetch(`${worker.address}/v1/label-shards`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${worker.dispatchToken}`,
        "content-type": "application/json",
        accept: LABEL_STREAM,
      },
      body: JSON.stringify(request),
      redirect: "error",
      signal,
    });
  } catch (error) {
    if (isRefused(error)) throw new AttemptEnded("unreachable", { fault: String(error).slice(0, 200) });
    throw error;
  }
  if (response.status === 200 && response.body !== null) return response.body;
  const fault = (await response.text()).slice(0, 300);
  throw new AttemptEnded(response.status === 429 ? "busy" : "unreachable", { status: response.status, fault });
}

async function readAnswer(
  body: ReadableStream<Uint8Array>,
  items: readonly LabelItem[],
  watch: StreamWatch,
): Promise<ReceivedLabels> {
  const awaited = new Set(items.map((item) => item.ordinal));
  const lines: LabelItemLine[] = [];
  await using reader = new AnswerReader(body, { onBytes: () => watch.sawBytes(), maxBytes: MAX_LINE_BYTES });
  for (let json = await reader.line(); json !== null; json = await reader.line()) {
    const line = parseLine(json);
    if (line.line === "progress") {
      if (line.handedBack === true) throw new AttemptEnded("stopped", { fault: "the worker stops" });
      continue;
    }
    if (line.line === "done") {
      if (awaited.size === 0) return { lines, done: line };
      throw new AttemptEnded("rejected", { fault: `${awaited.size} documents have no line` });
    }
    watch.sawItem();
    if (!awaited.delete(line.ordinal)) {
      throw new AttemptEnded("rejected", {
        fault: "a document was not asked for, or came twice",
        ordinal: line.ordinal,
      });
    }
    lines.push(line);
  }
  throw new AttemptEnded("worker_lost", { fault: "the stream ended without a done line" });
}

function parseLine(json: string): LabelLine {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new AttemptEnded("rejected", { fault: "a line is not valid JSON" });
  }
  const parsed = labelLineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AttemptEnded("rejected", { fault: z.prettifyError(parsed.error).slice(0, 500) });
}
