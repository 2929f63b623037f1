import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { forgetCoordinator, renewCoordinator } from "../db/queries/renew-coordinator.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import { labelQueueName, shardQueueName } from "../queue/queue-options.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { slotShare } from "./slot-share.ts";

// While nobody serves a queue: whoever will may be slow.
const FEW_DOCUMENTS = 8;

/** A worker with something that judges stored text. */
export interface LabelLane {
  readonly key: string;
  readonly worker: KnownWorker;
  readonly classifier: string;
  readonly queue: string;
  /** Label shards at a time. */
  readonly slots: number;
  readonly documents: number;
}

interface Standing {
  /** Shards of ours that it reads. */
  running: number;
  /** It gets nothing before this time (ms): it said it was full, or it did not answer. */
  restUntil: number;
  failures: number;
  /** Times in a row that it said it was full. */
  refusals: number;
  /** Since when (ms) it has had free slots while ours of it were all taken. */
  unusedSince: number | null;
  /** Slots of others' shares that they leave unused. */
  spare: number;
}

// A full worker frees a slot in about the time of a shard; asking too often costs more than a late shard. One that stays
// full, of another coordinator's shards or of extractors that cannot be killed, is asked ever less.
const FULL_REST_MS = 300;
const FIRST_FAILURE_REST_MS = 500;
const LONGEST_REST_MS = 10_000;
// What a worker says of its slots is some seconds old, and a slot is free for a moment after each shard: only what is free
// for longer than that is left unused.
const UNUSED_AFTER_MS = 5_000;

/**
 * Which workers there are and where slots are free, as this coordinator sees it. The slots of each worker are shared out
 * among the coordinators that live, so that none has to know what the others have just handed out: a guess that is wrong costs a
 * 429, a fetch and an attempt. All draw from the same queues, so a share is as good as the whole; what another one leaves
 * unused for some seconds, because it cannot reach that worker, say, is anybody's. Of attempts of coordinators that are gone, it
 * goes by the database.
 */
export class WorkerDirectory {
  readonly #database: Database;
  readonly #coordinatorId: string;
  readonly #standings = new Map<string, Standing>();
  #workers: KnownWorker[] = [];
  #elsewhere = new Map<string, number>();
  #coordinators: string[];
  #left = false;
  #looks = 0;
  #newest = 0;

  constructor(database: Database, coordinatorId: string) {
    this.#database = database;
    this.#coordinatorId = coordinatorId;
    this.#coordinators = [coordinatorId];
  }

  async refresh(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    const coordinators = this.#left
      ? [this.#coordinatorId]
      : await renewCoordinator(this.#database, this.#coordinatorId);
    const [workers, elsewhere] = await Promise.all([listWorkers(this.#database), this.#readElsewhere(coordinators)]);
    // One that began later has been quicker, and knows more.
    if (look < this.#newest) return;
    this.#newest = look;
    this.#workers = workers.filter((worker) => worker.live && !worker.draining);
    this.#elsewhere = elsewhere;
    this.#coordinators = coordinators;
    for (const worker of this.#workers) this.#noteUnused(worker);
    const live = new Set(this.#workers.map((worker) => worker.workerId));
    for (const [id, standing] of this.#standings) {
      if (!live.has(id) && standing.running === 0) this.#standings.delete(id);
    }
  }

  /** This coordinator hands nothing out any more: the others may have its share. */
  async leave(): Promise<void> {
    this.#left = true;
    await forgetCoordinator(this.#database, this.#coordinatorId);
  }

  /** Shards that all live workers take at a time. */
  get slots(): number {
    return this.#workers.reduce((sum, worker) => sum + worker.slots, 0);
  }

  /** Shards that the workers serving `queue` take at a time, busy or not. */
  slotsFor(queue: string): number {
    return this.#workers.reduce((sum, worker) => sum + (queuesOf(worker).includes(queue) ? worker.slots : 0), 0);
  }

  /** Where label shards may be judged now, with the part of it that is this coordinator's. */
  labelLanes(): LabelLane[] {
    const rank = this.#coordinators.indexOf(this.#coordinatorId);
    const coordinators = this.#coordinators.length;
    return this.#workers.flatMap((worker) =>
      worker.labellers.flatMap(({ classifier, slots, documents, available }) => {
        if (!available) return [];
        const queue = labelQueueName(classifier);
        // With fewer slots than coordinators the worker says who comes too many.
        const share = Math.max(1, slotShare({ workerId: worker.workerId, slots }, { rank, coordinators }));
        return [{ key: `${worker.workerId} ${queue}`, worker, classifier, queue, slots: share, documents }];
      }),
    );
  }

  /** Where the labels of a batch wait, with the size of their shards; null: they are given where it is read, or not at all. */
  labelStageOf(labelQueue: string | null): LabelStage | null {
    return labelQueue === null ? null : { labelQueue, labelDocuments: this.#labelDocumentsFor(labelQueue) };
  }

  /** Documents of a label shard at most, as those say that serve this queue. */
  #labelDocumentsFor(queue: string): number {
    const serving = this.#workers.flatMap((worker) =>
      worker.labellers.filter(({ classifier }) => labelQueueName(classifier) === queue),
    );
    return serving.length === 0 ? FEW_DOCUMENTS : Math.min(...serving.map(({ documents }) => documents));
  }

  /** Live workers and their slots, by engine version. */
  fleet(): Map<string, { workers: number; slots: number; busySlots: number }> {
    const byEngine = new Map<string, { workers: number; slots: number; busySlots: number }>();
    for (const { engineVersion, slots, busySlots } of this.#workers) {
      const fleet = byEngine.get(engineVersion) ?? { workers: 0, slots: 0, busySlots: 0 };
      byEngine.set(engineVersion, {
        workers: fleet.workers + 1,
        slots: fleet.slots + slots,
        busySlots: fleet.busySlots + busySlots,
      });
    }
    return byEngine;
  }

  /** Workers with free slots for each queue they serve. */
  free(): Map<string, KnownWorker[]> {
    const byQueue = new Map<string, KnownWorker[]>();
    for (const worker of this.#workers) {
      if (this.freeSlots(worker) === 0) continue;
      for (const queue of queuesOf(worker)) byQueue.set(queue, [...(byQueue.get(queue) ?? []), worker]);
    }
    return byQueue;
  }

  freeSlots(worker: KnownWorker): number {
    return Math.max(0, this.#slotsLeft(worker));
  }

  /** Whether a slot of a worker that this coordinator uses may go on to another shard of ours of this queue. */
  mayKeepSlot(worker: KnownWorker, queue: string): boolean {
    // As it is listed now: it may be draining or gone.
    const listed = this.#workers.find(({ workerId }) => workerId === worker.workerId);
    return listed !== undefined && queuesOf(listed).includes(queue) && this.#slotsLeft(listed) >= 0;
  }

  /** Negative when this coordinator has more in use than are its own. */
  #slotsLeft(worker: KnownWorker): number {
    const standing = this.#standing(worker.workerId);
    if (standing.restUntil > Date.now()) return -1;
    // Attempts of a coordinator that died stay down as running until its leases end; the worker itself knows better.
    const elsewhere = Math.min(this.#elsewhere.get(worker.workerId) ?? 0, worker.busySlots);
    const ours = Math.min(this.#shareOf(worker) + standing.spare, worker.slots - elsewhere);
    return ours - standing.running;
  }

  #shareOf(worker: KnownWorker): number {
    const rank = this.#coordinators.indexOf(this.#coordinatorId);
    return slotShare(worker, { rank, coordinators: this.#coordinators.length });
  }

  #noteUnused(worker: KnownWorker): void {
    const standing = this.#standing(worker.workerId);
    const free = worker.slots - worker.busySlots;
    const share = this.#shareOf(worker);
    const unused = free > 0 && share < worker.slots && standing.running >= share;
    standing.unusedSince = unused ? (standing.unusedSince ?? Date.now()) : null;
    standing.spare = standing.unusedSince !== null && Date.now() - standing.unusedSince > UNUSED_AFTER_MS ? free : 0;
  }

  take(worker: KnownWorker): void {
    this.#standing(worker.workerId).running += 1;
  }

  release(worker: KnownWorker): void {
    this.#standing(worker.workerId).running -= 1;
  }

  /** It answered, so whatever was wrong is over. */
  answered(worker: KnownWorker): void {
    const standing = this.#standing(worker.workerId);
    standing.failures = 0;
    standing.refusals = 0;
  }

  full(worker: KnownWorker): void {
    const standing = this.#standing(worker.workerId);
    standing.restUntil = Date.now() + FULL_REST_MS * 2 ** Math.min(standing.refusals, 3);
    standing.refusals += 1;
  }

  failed(worker: KnownWorker): void {
    const standing = this.#standing(worker.workerId);
    standing.restUntil = Date.now() + Math.min(LONGEST_REST_MS, FIRST_FAILURE_REST_MS * 2 ** standing.failures);
    standing.failures += 1;
  }

  #standing(workerId: string): Standing {
    let standing = this.#standings.get(workerId);
    if (standing === undefined) {
      standing = { running: 0, restUntil: 0, failures: 0, refusals: 0, unusedSince: null, spare: 0 };
      this.#standings.set(workerId, standing);
    }
    return standing;
  }

  async #readElsewhere(coordinators: readonly string[]): Promise<Map<string, number>> {
    try {
      const rows = await this.#database.sql<{ worker_id: string; running: number }[]>`
        select worker_id, count(*)::int as running from attempts
         where outcome = 'running' and stage = 'extract' and coordinator_id <> all (${coordinators}::uuid[]) group by worker_id`;
      return new Map(rows.map((row) => [row.worker_id, row.running]));
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }
}

/** What a worker can be given: work without a label, and with a label by each of its classifiers. */
export function queuesOf(worker: Pick<KnownWorker, "engineVersion" | "classifiers">): string[] {
  return [null, ...worker.classifiers].map((classifier) => shardQueueName(worker.engineVersion, classifier));
}
