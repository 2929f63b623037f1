import { AppError, type LabelItem, type LabelItemLine, PROTOCOL_VERSION } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { commitWithRetries } from "../commit/commit-with-retries.ts";
import type { StoreRoom } from "../commit/store-room.ts";
import { putAside } from "../controls/put-aside.ts";
import type { Database } from "../db/database.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { recordAttempt } from "../db/queries/record-attempt.ts";
import { settleEmptyShard } from "../db/queries/settle-empty-shard.ts";
import type { Turns } from "../db/turns.ts";
import { AttemptEnded } from "../dispatch/attempt-ended.ts";
import type { BatchContext, BatchContexts } from "../dispatch/batch-contexts.ts";
import { logEnd } from "../dispatch/log-end.ts";
import { classifySettingsOf } from "../dispatch/read-settings-of.ts";
import type { CoordinatorMetrics } from "../metrics/coordinator-metrics.ts";
import { fromRuns, type ShardJob } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { KnownWorker } from "../workers/list-workers.ts";
import { type Claim, claimContents } from "./claim-contents.ts";
import { commitLabels } from "./commit-labels.ts";
import { endLabelAttempt } from "./end-label-attempt.ts";
import { inheritLlmLabels } from "./inherit-llm-labels.ts";
import type { UnlabelledItem } from "./label-item.ts";
import { loadLabelItems } from "./load-label-items.ts";
import { loadLabelTexts } from "./load-label-texts.ts";
import { findNearDuplicates, followLeaders, type NearDuplicates } from "./near/near-duplicates.ts";
import { receiveLabels } from "./receive-labels.ts";

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 30_000;

export interface LabelParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly contexts: BatchContexts;
  readonly coordinatorId: string;
  readonly commitTurns: Turns;
  readonly storeRoom: StoreRoom;
  /** How long what could not be judged now rests. */
  readonly labelRetryMs: number;
  readonly logger: Logger;
  readonly metrics: CoordinatorMetrics;
  batchDone(batchId: string): void;
  changed(batchId: string): void;
}

export interface LabelRun {
  readonly job: ShardJob;
  readonly worker: KnownWorker;
  /** As the worker announced it. */
  readonly classifier: string;
  readonly abort: AbortController;
}

/** One attempt at a label shard; returns what ended it before its end, if anything did. Throws only when the database does not let it end. */
export async function runLabelShard(parts: LabelParts, run: LabelRun): Promise<AttemptEnded | null> {
  const { job, worker } = run;
  const { database, queue } = parts;
  const context = await parts.contexts.get(job.data.batchId);
  const { batchId, extractHash, classifyHash } = context;
  if (classifyHash === null) throw new Error("a label shard of a batch that asks for no label");
  const shard = { id: job.id, batchId, ordinals: fromRuns(job.data.runs) };
  const items = await loadLabelItems(database, shard, { extractHash, classifyHash });
  if (items.length === 0) {
    await settleEmptyShard(database, queue, job);
    return null;
  }
  const attemptId = Bun.randomUUIDv7();
  const ordinals = items.map((item) => item.ordinal);
  const permit = await recordAttempt(database, {
    id: attemptId,
    batchId,
    stage: "classify",
    queue: job.queue,
    shardId: job.id,
    retryCount: job.retryCount,
    workerId: worker.workerId,
    coordinatorId: parts.coordinatorId,
    ordinals,
    maxConcurrent: null,
  });
  if (permit.paused) {
    await putAside(database, queue, job);
    return null;
  }
  const logger = parts.logger.child({ batchId, shardId: job.id, attemptId, workerId: worker.workerId });
  const hashes = items.flatMap((item) => (item.known ? [] : [item.contentHash]));
  const claim = { attemptId, extractHash, classifyHash, hashes };
  try {
    await judgeAndCommit({ ...parts, logger }, run, { context, items, claim });
    parts.changed(batchId);
    return null;
  } catch (error) {
    const end =
      error instanceof AttemptEnded ? error : new AttemptEnded("failed", { fault: String(error).slice(0, 300) });
    logEnd(logger, end, error);
    if (end.outcome === "failed") {
      await waitOrAbort(Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** job.retryCount), run.abort.signal);
    }
    const { fate, changes, batchDone } = await endLabelAttempt(parts, { fence: job, batchId, claim, ordinals }, end);
    parts.metrics.attemptEnded(end.outcome);
    parts.metrics.shardUncommitted(fate);
    if (changes !== undefined) parts.metrics.stored(changes);
    if (batchDone === true) parts.batchDone(batchId);
    if (fate === "split" || fate === "failed") logger.warn({ fate }, "a label shard that keeps losing its workers");
    parts.changed(batchId);
    return end;
  }
}

async function judgeAndCommit(
  parts: LabelParts,
  run: LabelRun,
  { context, items, claim }: { context: BatchContext; items: readonly UnlabelledItem[]; claim: Claim },
): Promise<void> {
  const { database, metrics } = parts;
  const { lines, bands, cpuMs } = await judge(parts, run, { context, items, claim });
  const judged = {
    fence: run.job,
    batchId: context.batchId,
    claim,
    items,
    lines,
    bands,
    laterMs: parts.labelRetryMs,
    detail: { cpuMs, calls: lines.reduce((sum, line) => sum + line.calls.length, 0) },
  };
  const outcome = await commitWithRetries(parts, () => commitLabels(parts, judged), run.abort.signal);
  metrics.attemptEnded(outcome);
  if (outcome === "fenced") {
    parts.logger.info({ outcome }, "attempt ended");
    await closeAttempt(database.pool, claim.attemptId, "fenced", null);
    return;
  }
  metrics.judged(lines);
  parts.logger.debug({ items: items.length, judged: lines.length }, "a label shard was committed");
}

/** Has those judged whose content has no label yet and is in nobody else's hands; of copies, one. */
async function judge(
  { database }: LabelParts,
  run: LabelRun,
  { context, items, claim }: { context: BatchContext; items: readonly UnlabelledItem[]; claim: Claim },
): Promise<{ lines: readonly LabelItemLine[]; bands: NearDuplicates["bands"]; cpuMs: number }> {
  const claimed = await claimContents(database, claim);
  const originals = new Map<string, UnlabelledItem>();
  for (const item of items) {
    if (claimed.has(item.contentHash) && !originals.has(item.contentHash)) originals.set(item.contentHash, item);
  }
  const inherited = await inheritLlmLabels(database, context, [...originals.values()]);
  const byOrdinal = new Set(inherited.map(({ ordinal }) => ordinal));
  const toJudge = [...originals.values()].filter(({ ordinal }) => !byOrdinal.has(ordinal));
  const texts = await loadLabelTexts(database, toJudge, context.extractHash);
  const near = await nearDuplicatesOf(database, context, texts);
  const { followers, bands } = near;
  const known = [...inherited, ...near.lines];
  if (near.toAsk.length === 0) return { lines: known, bands, cpuMs: 0 };
  const classify = classifySettingsOf(context.options);
  if (classify === null) throw new AppError("INTERNAL", "The batch asks for no label.");
  const request = {
    protocol: PROTOCOL_VERSION,
    attemptId: claim.attemptId,
    batchId: context.batchId,
    shardId: run.job.id,
    classifierVersion: run.classifier,
    classify,
    items: [...near.toAsk],
  };
  const { lines, done } = await receiveLabels(run.worker, request, run.abort);
  return { lines: [...known, ...lines, ...followLeaders(followers, lines)], bands, cpuMs: done.cpuMs };
}

async function nearDuplicatesOf(
  database: Database,
  { options, owner, extractHash, classifyHash }: BatchContext,
  texts: readonly LabelItem[],
): Promise<NearDuplicates> {
  const asksAnLlm = options.classifier === "llm" || options.classifier === "cascade";
  if (!asksAnLlm || !options.nearDuplicates || classifyHash === null) {
    return { lines: [], followers: new Map(), toAsk: texts, bands: new Map() };
  }
  return await findNearDuplicates(database, { owner, extractHash, classifyHash }, texts);
}
