import { AppError } from "@sluice/contracts";
import { waitOrAbort } from "@sluice/serverkit";
import { translateDatabaseError } from "../db/database-error.ts";
import { AttemptEnded } from "../dispatch/attempt-ended.ts";
import type { LabelLane, WorkerDirectory } from "../dispatch/worker-directory.ts";
import { peekQueues } from "../queue/peek-queues.ts";
import { HEARTBEAT_EVERY_MS } from "../queue/queue-options.ts";
import type { ShardJob } from "../queue/shard-job.ts";
import { type LabelParts, runLabelShard } from "./run-label-shard.ts";

const IDLE_LOOK_MS = 500;
const MAX_FETCH = 32;
const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 5_000;
// One that refused, or did not answer, is asked again so much later, and ever less often.
const FIRST_REST_MS = 300;
const LONGEST_REST_MS = 10_000;

interface Running {
  readonly job: ShardJob;
  readonly lane: string;
  readonly batchId: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

interface Rest {
  readonly until: number;
  readonly failures: number;
}

/**
 * Places label shards where something is free that judges: apart from the dispatcher of shards that are read, since neither is to wait
 * for the other. One loop looks for work, one renews the leases of what runs.
 */
export class LabelDispatcher {
  readonly #parts: LabelParts & { mayWork(): boolean };
  readonly #directory: WorkerDirectory;
  readonly #running = new Set<Running>();
  readonly #rests = new Map<string, Rest>();
  readonly #stop = new AbortController();
  #wake = Promise.withResolvers<void>();
  #loops: Promise<unknown> = Promise.resolve();

  constructor(parts: LabelParts & { mayWork(): boolean }, directory: WorkerDirectory) {
    this.#parts = parts;
    this.#directory = directory;
  }

  start(): void {
    this.#loops = Promise.all([
      this.#loop("labels", 0, () => this.#look()),
      this.#loop("label_heartbeat", HEARTBEAT_EVERY_MS, () => this.#renewLeases()),
    ]);
  }

  /** There is something to judge, or something that judges is free. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Label shards in hand. */
  get running(): number {
    return this.#running.size;
  }

  /** Ends what runs of a batch: it was cancelled. */
  abortBatch(batchId: string): void {
    for (const run of this.#running) if (run.batchId === batchId) run.abort.abort(new AttemptEnded("cancelled"));
  }

  /** Fetches no more, lets what runs end for `graceMs`, then gives it back for others. */
  async stop(graceMs: number): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#loops;
    const grace = setTimeout(() => this.#abortAll(), graceMs);
    await Promise.all([...this.#running].map((run) => run.ended));
    clearTimeout(grace);
  }

  #abortAll(): void {
    for (const run of this.#running) run.abort.abort(new AttemptEnded("stopped"));
  }

  async #loop(name: "labels" | "label_heartbeat", everyMs: number, step: () => Promise<void>): Promise<void> {
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
    else logger.error({ loop, err: error, waitMs }, "a loop of the label stage failed; it goes on");
  }

  async #look(): Promise<void> {
    this.#wake = Promise.withResolvers();
    const woken = this.#wake.promise;
    if ((await this.#place()) > 0) return;
    const idle = setTimeout(() => this.wake(), IDLE_LOOK_MS);
    await woken;
    clearTimeout(idle);
  }

  async #place(): Promise<number> {
    if (!this.#parts.mayWork()) return 0;
    const byQueue = Map.groupBy(
      this.#directory.labelLanes().filter((lane) => this.#free(lane) > 0),
      (lane) => lane.queue,
    );
    if (byQueue.size === 0) return 0;
    const { database, queue } = this.#parts;
    let placed = 0;
    for (const name of await peekQueues(database, [...byQueue.keys()])) {
      const lanes = byQueue.get(name) ?? [];
      const free = lanes.reduce((sum, lane) => sum + this.#free(lane), 0);
      const jobs = await queue.fetch(name, Math.min(free, MAX_FETCH));
      for (const job of jobs) this.#run(job, this.#freest(lanes));
      placed += jobs.length;
    }
    return placed;
  }

  #free({ key, slots }: LabelLane): number {
    if ((this.#rests.get(key)?.until ?? 0) > Date.now()) return 0;
    return Math.max(0, slots - [...this.#running].filter((run) => run.lane === key).length);
  }

  #freest(lanes: readonly LabelLane[]): LabelLane {
    return lanes.reduce((best, lane) => (this.#free(lane) > this.#free(best) ? lane : best));
  }

  #run(job: ShardJob, { key, worker, classifier }: LabelLane): void {
    const abort = new AbortController();
    const { batchId } = job.data;
    const ended = runLabelShard(this.#parts, { job, worker, classifier, abort })
      .then((end) => this.#note(key, end))
      .catch((error: unknown) => {
        // The database did not let the attempt end; the lease does, and the job comes again.
        this.#parts.logger.warn({ batchId, shardId: job.id, err: error }, "an attempt could not be closed");
      })
      .finally(() => {
        this.#running.delete(run);
        this.wake();
      });
    const run: Running = { job, lane: key, batchId, abort, ended };
    this.#running.add(run);
  }

  #note(lane: string, end: AttemptEnded | null): void {
    if (end === null) this.#rests.delete(lane);
    if (end === null || !["busy", "unreachable", "worker_lost", "stopped"].includes(end.outcome)) return;
    const failures = this.#rests.get(lane)?.failures ?? 0;
    const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** failures);
    this.#rests.set(lane, { until: Date.now() + restMs, failures: failures + 1 });
  }

  async #renewLeases(): Promise<void> {
    if (!this.#parts.mayWork()) this.#abortAll();
    for (const [queue, runs] of Map.groupBy(this.#running, (run) => run.job.queue)) {
      const held = await this.#parts.queue.renew(
        queue,
        runs.map((run) => run.job),
      );
      for (const run of runs) {
        if (!held.has(run.job.id) && this.#running.has(run)) run.abort.abort(new AttemptEnded("fenced"));
      }
    }
  }
}
