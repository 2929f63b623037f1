import {
  AppError,
  type ItemDetail,
  type ItemLine,
  type ReadSettings,
  type ReplayAnswer,
  type ReplayItemRequest,
} from "@sluice/contracts";
import { readItem } from "../results/read-item.ts";
import { type LinkParts, linkUploads } from "../uploads/link-uploads.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { askWorker } from "./ask-worker.ts";

/** A worker answers within the document's own limit, or has something else to say; this is for its way there and back. */
const MARGIN_MS = 15_000;

/**
 * Has a worker read an item once more, as a shard of its own that no attempt, no job and no batch knows of: nothing is stored. A
 * worker of the batch's build where there is one. NOT_FOUND, NO_WORKERS, BUSY when every slot is taken, UNREACHABLE.
 */
export async function replayItem(
  parts: LinkParts,
  { batchId, ordinal }: { batchId: string; ordinal: number },
  request: ReplayItemRequest,
  signal: AbortSignal,
): Promise<ReplayAnswer> {
  const { database } = parts;
  const item = await readItem(database, batchId, ordinal);
  const settings = withLimits(item.settings, request);
  const { uri, sizeBytes, sourceVersion } = item;
  // Told of nothing that is known, it reads the bytes whatever they are.
  const source = { ordinal, uri, sizeBytes, sourceVersion, knownHashes: [] };
  const [linked] = await linkUploads(parts, [source], settings.extract);
  const question = {
    batchId,
    source: { ordinal, uri, sizeBytes, fetchUrl: linked?.fetchUrl },
    settings,
    passwords: request.passwords,
  };
  const limit = AbortSignal.timeout(settings.extract.documentTimeoutMs + MARGIN_MS);
  const candidates = rank(await listWorkers(database), item.engineVersion);
  if (candidates.length === 0) throw new AppError("NO_WORKERS", "No worker is there to read it.");
  for (const worker of candidates) {
    const started = performance.now();
    const answer = await askWorker(worker, question, [signal, limit]);
    if (answer === "busy") continue;
    const seconds = (performance.now() - started) / 1_000;
    return report(item, worker, answer, seconds);
  }
  throw new AppError("BUSY", "Every worker that is there has its slots taken.");
}

/** Of the batch's build first, then by free slots. */
function rank(workers: readonly KnownWorker[], engineVersion: string): KnownWorker[] {
  const free = (worker: KnownWorker) => worker.slots - worker.busySlots;
  const own = (worker: KnownWorker) => Number(worker.engineVersion === engineVersion);
  return workers
    .filter((worker) => worker.live && !worker.draining)
    .sort((one, other) => own(other) - own(one) || free(other) - free(one));
}

function withLimits(settings: ReadSettings, request: ReplayItemRequest): ReadSettings {
  const { documentTimeoutMs, documentMemoryMb } = request;
  return {
    ...settings,
    extract: {
      ...settings.extract,
      ...(documentTimeoutMs === undefined ? {} : { documentTimeoutMs }),
      ...(documentMemoryMb === undefined ? {} : { documentMemoryMb }),
    },
  };
}

function report(
  item: ItemDetail,
  worker: KnownWorker,
  { line, childRestarts }: { line: ItemLine; childRestarts: number },
  seconds: number,
): ReplayAnswer {
  const facts = {
    workerId: worker.workerId,
    engineVersion: worker.engineVersion,
    childRestarts,
    cpuMs: line.cpuMs,
    seconds,
  };
  if (line.outcome === "failed") {
    const { code, message, page = null, evidence = null, contentHash = null } = line;
    const nothing = { sourceVersion: null, pages: null, partial: false, needsOcr: false, classification: null };
    const sameSource = compareSources(item, contentHash, null);
    return { ...facts, ...nothing, outcome: "failed", code, message, page, evidence, contentHash, sameSource };
  }
  // It was told of no hash that is known, so that it has read it.
  if (line.outcome === "known") throw new AppError("INTERNAL", "The worker has not read the item.");
  const { contentHash, sourceVersion, pageCount, partial, needsOcr, classification } = line;
  const sameSource = compareSources(item, contentHash, sourceVersion);
  const fine = { outcome: "extracted", code: null, message: null, page: null, evidence: null } as const;
  const read = { contentHash, sourceVersion, pages: pageCount, partial, needsOcr, classification };
  return { ...facts, ...fine, ...read, sameSource };
}

function compareSources(item: ItemDetail, contentHash: string | null, sourceVersion: string | null): boolean | null {
  if (item.contentHash !== null && contentHash !== null) return item.contentHash === contentHash;
  return sourceVersion === null ? null : item.sourceVersion === sourceVersion;
}
