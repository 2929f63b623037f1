import { AppError } from "@sluice/contracts";
import { waitOrAbort } from "@sluice/serverkit";
import { translateDatabaseError } from "../db/database-error.ts";
import type { LOOPS } from "../metrics/coordinator-metrics.ts";
import { checkSchema } from "../db/migrate.ts";
import { peekQueues } from "../queue/peek-queues.ts";
import { HEARTBEAT_EVERY_MS } from "../queue/queue-options.ts";
import { isSingle, type ShardJob } from "../queue/shard-job.ts";
import type { KnownWorker } from "../workers/list-workers.ts";
import { AttemptEnded } from "./attempt-ended.ts";
import { forgetOld } from "./forget-old.ts";
import { type RunParts, runShard } from "./run-shard.ts";
import { sweep } from "./sweep.ts";
import { queuesOf, type WorkerDirectory } from "./worker-directory.ts";

// Work that another coordinator took in is found at the next look; our own intake wakes us.
const IDLE_LOOK_MS = 500;
const REFRESH_WORKERS_MS = 1_000;
const SWEEP_EVERY_MS = 30_000;
// A look over a million pending items takes a second, which should be a thousandth of the database's time at most.
const WHOLE_SWEEP_SHARE = 1_000;
const LONGEST_SWEEP_REST_MS = 1_200_000;
const FORGET_EVERY_MS = 3_600_000;
// Shards that are read but not stored yet: past this, and past one for each slot, the database is the bottleneck, and more
// reading only fills the spool. A fleet whose shards end together must not wait until they are stored.
const MIN_UNSTORED = 16;
// Enough for the slots that come free while a fetch is under way; a fleet that starts is filled in a few rounds.
const MAX_FETCH = 32;
const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 5_000;

interface Running {
  readonly job: ShardJob;
  readonly worker: KnownWorker;
  readonly batchId: string;
  readonly abort: AbortController;
  /** Settles when the worker has nothing more to do with it, with what ended it before its end, if anything did. */
  readonly streamed: Promise<AttemptEnded | null>;
  /** The same when it is committed too, or given back. */
  readonly ended: Promise<AttemptEnded | null>;
  /** It has a slot of its worker; before that it waits for the end of the one before it there. */
  hasSlot: boolean;
  /** Its slot will be free in a moment, and nobody waits for it. */
  nearEnd: boolean;
  /** Whose turn on its slot is next. */
  next: Running | null;
}

/**
 * Places shards on slots that are free, or, when there are none, will be in a moment: no slot, no fetch. One loop looks for work, one renews the leases of what runs, one sweeps.
 * A database that goes away makes the loops back off; what runs goes on, and its commit waits or is fenced out.
 */
export class Dispatcher {
  readonly #parts: RunParts;
  readonly #directory: WorkerDirectory;
  readonly #running = new Set<Running>();
  /** Documents read alone that were lost with their worker, as far as this coordinator saw it, until they are read. */
  readonly #lost = new Set<string>();
  readonly #stop = new AbortController();
  #uncommitted = 0;
  #forgetAt = 0;
  #sweepWholeAt = 0;
  #schemaNewer: AppError | null = null;
  #streaming = 0;
  #wake = Promise.withResolvers<void>();
  #loops: Promise<unknown> = Promise.resolve();

  constructor(parts: RunParts, directory: WorkerDirectory) {
    this.#parts = parts;
    this.#directory = directory;
  }

  start(): void {
    this.#loops = Promise.all([
      this.#loop("dispatch", 0, () => this.#look()),
      this.#loop("workers", REFRESH_WORKERS_MS, () => this.#refresh()),
      this.#loop("heartbeat", HEARTBEAT_EVERY_MS, () => this.#renewLeases()),
      this.#loop("sweep", SWEEP_EVERY_MS, () => this.#sweep()),
    ]);
  }

  /** There is work, or a slot is free. */
  wake(): void {
    this.#wake.resolve();
  }

  /** A worker has come or gone: it counts from now on, not from the next refresh. */
  async workersChanged(): Promise<void> {
    await this.#directory.refresh();
    this.wake();
  }

  /** Ends what runs of a batch: it was cancelled. */
  abortBatch(batchId: string): void {
    for (const run of this.#running) {
      if (run.batchId === batchId) run.abort.abort(new AttemptEnded("cancelled"));
    }
  }

  /** Shards in hand: those a worker reads, and all that are not committed yet. */
  get running(): { streaming: number; uncommitted: number } {
    return { streaming: this.#streaming, uncommitted: this.#uncommitted };
  }

  /** Fetches no more, lets running shards end for `graceMs`, then gives them back for others. */
  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    this.wake();
    // First the loops: one of them may have jobs in hand that do not run yet.
    await this.#loops;
    for (const run of this.#running) if (!run.hasSlot) run.abort.abort(new AttemptEnded("stopped"));
    await this.#leave();
    const grace = setTimeout(() => {
      for (const run of this.#running) run.abort.abort(new AttemptEnded("stopped"));
    }, graceMs);
    await Promise.all([...this.#running].map((run) => run.ended));
    clearTimeout(grace);
  }

  async #loop(name: (typeof LOOPS)[number], everyMs: number, step: () => Promise<void>): Promise<void> {
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!this.#stop.signal.aborted) {
      try {
        await step();
        backOffMs = FIRST_BACK_OFF_MS;
        if (everyMs > 0) await waitOrAbort(everyMs, this.#stop.signal);
      } catch (error) {
        this.#parts.metrics.loopFailed(name);
        this.#report(name, translateDatabaseError(error), backOffMs);
        await waitOrAbort(backOffMs, this.#stop.signal);
        backOffMs = Math.min(2 * backOffMs, LONGEST_BACK_OFF_MS);
      }
    }
  }

  #report(loop: string, error: unknown, waitMs: number): void {
    const { logger } = this.#parts;
    if (error instanceof AppError) logger.warn({ loop, code: error.code, waitMs }, error.message);
    else logger.error({ loop, err: error, waitMs }, "a loop of the dispatcher failed; it goes on");
  }

  /** One look for work; returns when there is reason for the next. */
  async #look(): Promise<void> {
    this.#wake = Promise.withResolvers();
    const woken = this.#wake.promise;
    const unstored = this.#uncommitted - this.#streaming;
    const placed = unstored < Math.max(MIN_UNSTORED, this.#directory.slots) ? await this.#place() : 0;
    if (placed > 0) return;
    // Who stops wakes too: a wait for the signal at each look would leave a thousand of them behind in half a second.
    const idle = setTimeout(() => this.wake(), IDLE_LOOK_MS);
    await woken;
    clearTimeout(idle);
  }

  async #place(): Promise<number> {
    if (this.#schemaNewer !== null) return 0;
    const free = this.#directory.free();
    const nearEnd = [...this.#running].filter((run) => run.nearEnd);
    const names = new Set([...free.keys(), ...nearEnd.flatMap((run) => queuesOf(run.worker))]);
    if (names.size === 0) return 0;
    const { database, queue } = this.#parts;
    for (const name of names) await queue.ensure(name);
    let placed = 0;
    for (const name of await peekQueues(database, [...names])) {
      const workers = (free.get(name) ?? []).filter((worker) => this.#directory.freeSlots(worker) > 0);
      const slots = workers.reduce((sum, worker) => sum + this.#directory.freeSlots(worker), 0);
      if (slots === 0) {
        placed += await this.#placeNext(name, nearEnd);
        continue;
      }
      const jobs = await queue.fetch(name, Math.min(slots, MAX_FETCH));
      for (const job of jobs) this.#run(job, this.#placeFor(job, workers));
      placed += jobs.length;
    }
    return placed;
  }

  /** No slot is free: shards for those that will be in a moment, so that none stands idle while the next one is fetched. */
  async #placeNext(queueName: string, nearEnd: readonly Running[]): Promise<number> {
    const before = nearEnd.filter((run) => run.nearEnd && this.#directory.mayKeepSlot(run.worker, queueName));
    if (before.length === 0) return 0;
    const jobs = await this.#parts.queue.fetch(queueName, Math.min(before.length, MAX_FETCH));
    for (const [index, job] of jobs.entries()) {
      const run = before[index];
      if (run !== undefined) this.#run(job, run.worker, run);
    }
    return jobs.length;
  }

  #placeFor(job: ShardJob, workers: readonly KnownWorker[]): KnownWorker {
    const apart = this.#isSuspect(job) ? workers.filter((worker) => this.#suspectOn(worker) === undefined) : [];
    return this.#leastBusy(apart.length > 0 ? apart : workers);
  }

  /** The last of the suspects that a worker was given and has not ended. */
  #suspectOn(worker: KnownWorker): Running | undefined {
    return [...this.#running].findLast((run) => run.worker.workerId === worker.workerId && this.#isSuspect(run.job));
  }

  /** A worker was lost with it: it may take down the next one too. */
  #isSuspect(job: ShardJob): boolean {
    return this.#lost.has(job.id);
  }

  #leastBusy(workers: readonly KnownWorker[]): KnownWorker {
    return workers.reduce((best, worker) =>
      this.#directory.freeSlots(worker) > this.#directory.freeSlots(best) ? worker : best,
    );
  }

  /** `before`: the shard that is read on the same slot until then. */
  #run(job: ShardJob, worker: KnownWorker, before: Running | null = null): void {
    // It may have ended while this one was fetched.
    const waitsFor = before?.nearEnd === true ? before : null;
    if (waitsFor === null) this.#directory.take(worker);
    this.#uncommitted += 1;
    this.#streaming += 1;
    const abort = new AbortController();
    const { promise: streamed, resolve } = Promise.withResolvers<AttemptEnded | null>();
    let streaming = true;
    let cause: AttemptEnded | null = null;
    const streamEnded = (end: AttemptEnded | null) => {
      if (!streaming) return;
      streaming = false;
      cause = end;
      if (run.hasSlot) this.#note(worker, end);
      this.#passSlot(run, waitsFor, end);
      resolve(end);
      if (end === null) this.#lost.delete(job.id);
      else if (end.outcome === "worker_lost" && isSingle(job)) this.#lost.add(job.id);
      this.#streaming -= 1;
      this.wake();
    };
    // Of two suspects beside each other the killer would take the other one's tries with its own.
    const turn = this.#isSuspect(job) ? this.#suspectOn(worker)?.ended : undefined;
    const ended = Promise.resolve(turn)
      .then((suspect) => {
        // What is sent to a worker that is dying is lost with it.
        if (suspect?.outcome === "worker_lost") abort.abort(new AttemptEnded("unreachable"));
        return runShard(this.#parts, {
          job,
          worker,
          before: waitsFor?.streamed ?? null,
          abort,
          onStreamEnd: streamEnded,
          onNearEnd: () => {
            run.nearEnd = true;
            this.wake();
          },
        });
      })
      .catch((error: unknown) => {
        // The database did not let the attempt end; the lease does, and the job comes again.
        this.#parts.logger.warn(
          { batchId: job.data.batchId, shardId: job.id, err: error },
          "an attempt could not be closed",
        );
      })
      .finally(() => {
        streamEnded(null);
        this.#running.delete(run);
        this.#uncommitted -= 1;
        this.wake();
      })
      .then(() => cause);
    const { batchId } = job.data;
    const standing = { hasSlot: waitsFor === null, nearEnd: false, next: null };
    const run: Running = { job, worker, batchId, abort, streamed, ended, ...standing };
    this.#running.add(run);
    if (waitsFor === null) return;
    waitsFor.nearEnd = false;
    waitsFor.next = run;
  }

  /** A run is through with its slot, or with waiting for one. */
  #passSlot(run: Running, waitedFor: Running | null, end: AttemptEnded | null): void {
    run.nearEnd = false;
    if (!run.hasSlot) {
      // The one before goes on as if nobody had waited; it was no near end.
      if (waitedFor !== null) waitedFor.next = null;
    } else if (run.next !== null && end === null) {
      run.next.hasSlot = true;
    } else {
      // Who waits here does not go where that ended: it gives its shard back.
      this.#directory.release(run.worker);
    }
  }

  #note(worker: KnownWorker, end: AttemptEnded | null): void {
    if (end === null) this.#directory.answered(worker);
    else if (end.outcome === "busy") this.#directory.full(worker);
    // A worker that hands back is about to leave the list; what it would refuse until then is better kept.
    else if (["unreachable", "worker_lost", "stopped"].includes(end.outcome)) this.#directory.failed(worker);
  }

  /** Should the database not hear of it, the share is the others' when nothing was heard of this coordinator for a while. */
  async #leave(): Promise<void> {
    await this.#directory.leave().catch((error: unknown) => this.#report("workers", error, 0));
  }

  /** Why this coordinator may not work any more: another one has migrated the database past it. */
  get schemaNewer(): AppError | null {
    return this.#schemaNewer;
  }

  async #refresh(): Promise<void> {
    await this.#heedSchema();
    await this.#directory.refresh();
    this.wake();
  }

  async #heedSchema(): Promise<void> {
    try {
      await checkSchema(this.#parts.database);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "SCHEMA_NEWER") throw error;
      if (this.#schemaNewer === null) {
        this.#parts.logger.error({ code: error.code }, error.message);
        void this.#leave();
      }
      this.#schemaNewer = error;
      // What they would store is of a shape that this version does not know.
      for (const run of this.#running) run.abort.abort(new AttemptEnded("stopped"));
    }
  }

  async #renewLeases(): Promise<void> {
    const byQueue = Map.groupBy(this.#running, (run) => run.job.queue);
    for (const [queue, runs] of byQueue) {
      const held = await this.#parts.queue.renew(
        queue,
        runs.map((run) => run.job),
      );
      for (const run of runs) {
        // Jobs that were completed meanwhile are gone from the set; aborting those would be noise.
        if (!held.has(run.job.id) && this.#running.has(run)) run.abort.abort(new AttemptEnded("fenced"));
      }
    }
  }

  async #sweep(): Promise<void> {
    const { database, queue, logger, batchDone, labelStageOf } = this.#parts;
    const began = Date.now();
    const whole = began >= this.#sweepWholeAt;
    const slotsFor = (name: string) => this.#directory.slotsFor(name);
    const found = await sweep({ database, queue, slotsFor, labelStageOf, batchDone }, { whole });
    if (whole) this.#sweepWholeAt = began + Math.min(WHOLE_SWEEP_SHARE * (Date.now() - began), LONGEST_SWEEP_REST_MS);
    this.#parts.metrics.swept(found);
    if (found.items > 0 || found.attempts > 0) logger.info(found, "swept");
    if (found.items > 0) this.wake();
    if (Date.now() < this.#forgetAt) return;
    this.#forgetAt = Date.now() + FORGET_EVERY_MS;
    const gone = await forgetOld(database, this.#parts.keepDays);
    if (gone.attempts + gone.workers > 0) logger.info(gone, "old rows deleted");
  }
}
