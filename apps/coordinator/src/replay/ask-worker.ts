import { AppError, type ItemLine, PROTOCOL_VERSION, type ReadSettings, type ShardRequest } from "@sluice/contracts";
import { AnswerReader } from "../dispatch/answer-reader.ts";
import { AttemptEnded } from "../dispatch/attempt-ended.ts";
import { parseLine } from "../dispatch/parse-line.ts";
import { sendShard } from "../dispatch/send-shard.ts";
import type { KnownWorker } from "../workers/list-workers.ts";

interface Question {
  readonly batchId: string;
  readonly source: { ordinal: number; uri: string; sizeBytes: number; fetchUrl: string | undefined };
  readonly settings: ReadSettings;
  readonly passwords: readonly string[];
}

/** Sends a shard of one item and reads its line; its text goes by. UNREACHABLE when the worker breaks off. */
export async function askWorker(
  worker: KnownWorker,
  question: Question,
  signals: readonly AbortSignal[],
): Promise<{ line: ItemLine; childRestarts: number } | "busy"> {
  try {
    const response = await post(worker, question, AbortSignal.any([...signals]));
    if (response.status === 429) return "busy";
    if (response.status === 200 && response.body !== null) return await readLines(response.body);
    throw new AppError(
      "UNREACHABLE",
      `The worker answered ${response.status}: ${(await response.text()).slice(0, 300)}`,
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    const fault = error instanceof AttemptEnded ? (error.detail.fault ?? "") : String(error);
    throw new AppError("UNREACHABLE", `The worker broke off: ${fault.slice(0, 300)}`, { cause: error });
  }
}

async function post(worker: KnownWorker, question: Question, signal: AbortSignal) {
  const { batchId, settings, passwords } = question;
  const { fetchUrl, ...source } = question.source;
  const request: ShardRequest = {
    protocol: PROTOCOL_VERSION,
    attemptId: Bun.randomUUIDv7(),
    batchId,
    stage: "extract",
    engineVersion: worker.engineVersion,
    ...settings,
    passwords: [...passwords],
    items: [{ ...source, knownHashes: [], ...(fetchUrl === undefined ? {} : { fetchUrl }) }],
  };
  return await sendShard(worker, request, signal);
}

async function readLines(body: ReadableStream<Uint8Array>): Promise<{ line: ItemLine; childRestarts: number }> {
  await using reader = new AnswerReader(body);
  let item: ItemLine | null = null;
  for (let json = await reader.line(); json !== null; json = await reader.line()) {
    const line = parseLine(json);
    if (line.line === "done" && item !== null) return { line: item, childRestarts: line.childRestarts };
    if (line.line !== "item") continue;
    item = line;
    if (line.outcome === "extracted") await reader.bytes(line.textBytes);
  }
  throw new AppError("UNREACHABLE", "The worker broke off before it had read the item.");
}
