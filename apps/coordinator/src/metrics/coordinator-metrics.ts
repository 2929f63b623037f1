import {
  CLASSIFY_STATES,
  DOCUMENT_ERROR_CODES,
  EXTRACT_STATES,
  type LabelItemLine,
  LLM_OUTCOMES,
  PROTOCOL_VERSION,
} from "@sluice/contracts";
import { type Counter, type Gauge, type Histogram, ServerMetrics } from "@sluice/serverkit";
import type { Database } from "../db/database.ts";
import type { CounterChanges } from "../db/queries/change-counters.ts";
import { ATTEMPT_OUTCOMES, type AttemptOutcome } from "../db/queries/close-attempt.ts";
import type { ShardFate } from "../dispatch/end-attempt.ts";
import type { WorkerDirectory } from "../dispatch/worker-directory.ts";
import { readQueueDepths, type QueueDepth } from "../queue/read-queue-depths.ts";
import { readUnfinished, type UnfinishedUploads } from "../uploads/resumable/read-unfinished.ts";
import { type ListingBacklog, readListingBacklog } from "../listings/read-listing-backlog.ts";
import { type DeliveryBacklog, readBacklog } from "../webhooks/read-backlog.ts";
import { TRY_OUTCOMES, type TryOutcome } from "../webhooks/send-delivery.ts";

// A quiet commit takes some 10 ms; one that waited for its database, up to a minute.
const COMMIT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120];
// A shard is made to take about a second; one with a document at its limit, minutes.
const STREAM_SECONDS = [0.05, 0.2, 0.5, 1, 2, 5, 15, 60, 300];
// An event is told a moment after its commit, unless the database or its coordinator is away.
const EVENT_SECONDS = [0.05, 0.2, 0.5, 1, 5, 30, 300];
// A receiver that takes longer than a second should take the delivery first, and do its work then.
const DELIVERY_SECONDS = [0.05, 0.2, 1, 3, 10, 30];
// Several scrapers at once cost the database one look.
const REMEMBER_QUEUES_MS = 2_000;
// A scrape that hangs with the database would lose everything else that is measured.
const QUEUES_LIMIT_MS = 2_000;

// A large model on a processor takes a minute for a long excerpt.
const LLM_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];

const UPLOAD_OUTCOMES = ["kept", "known", "refused"] as const;

const LISTING_OUTCOMES = ["done", "failed"] as const;

export type CommitRetry = "contention" | "row" | "database";
export const LOOPS = [
  "dispatch",
  "workers",
  "heartbeat",
  "sweep",
  "events",
  "webhooks",
  "search",
  "listing",
  "labels",
  "label_heartbeat",
] as const;

/** What a coordinator measures, beside what every server does. What is stored counts once its transaction has committed. */
export class CoordinatorMetrics extends ServerMetrics {
  readonly #attempts: Counter<"outcome">;
  readonly #fates: Counter<"fate">;
  readonly #items: Counter<"stage" | "state">;
  readonly #failures: Counter<"code">;
  readonly #pages: Counter;
  readonly #bytes: Counter;
  readonly #commit: Histogram;
  readonly #stream: Histogram;
  readonly #retries: Counter<"reason">;
  readonly #sweeps: Counter;
  readonly #swept: Counter<"kind">;
  readonly #eventLag: Histogram;
  readonly #deliveries: Counter<"outcome">;
  readonly #deliverySeconds: Histogram;
  readonly #givenUp: Counter;
  readonly #loopFaults: Counter<"loop">;
  readonly #listedPages: Counter;
  readonly #listedItems: Counter;
  readonly #listings: Counter<"outcome">;
  readonly #listingRetries: Counter;
  readonly #spool: Gauge;
  readonly #uploads: Counter<"outcome">;
  readonly #uploadBytes: Counter;
  readonly #searchRefusals: Counter;
  readonly #llmCalls: Counter<"outcome">;
  readonly #llmTokens: Counter<"direction">;
  readonly #llmSeconds: Histogram;
  readonly #llmCost: Counter;
  readonly #labelsPutOff: Counter;
  readonly #labelsInherited: Counter;

  constructor() {
    super({ service: "coordinator", protocol: PROTOCOL_VERSION });
    this.#attempts = this.counter("sluice_attempts_total", "Attempts at shards that ended, by outcome.", ["outcome"]);
    this.#fates = this.counter(
      "sluice_uncommitted_shards_total",
      "What became of shards whose attempt was not committed: returned to the queue, split, failed with their one document, or gone to another attempt.",
      ["fate"],
    );
    this.#items = this.counter("sluice_items_total", "Items that reached a state here, by stage.", ["stage", "state"]);
    this.#failures = this.counter("sluice_item_failures_total", "Items that failed here, by code.", ["code"]);
    this.#pages = this.counter("sluice_pages_total", "Pages of documents that were stored here.");
    this.#bytes = this.counter("sluice_document_bytes_total", "Bytes of documents that were stored here.");
    this.#commit = this.histogram(
      "sluice_commit_duration_seconds",
      "Time from the end of a shard's stream to its commit, retries included.",
      COMMIT_SECONDS,
    );
    this.#stream = this.histogram(
      "sluice_shard_stream_duration_seconds",
      "Time from handing a shard to a worker to the end of its answer, whatever it was.",
      STREAM_SECONDS,
    );
    this.#retries = this.counter("sluice_commit_retries_total", "Commits that were tried again, by reason.", [
      "reason",
    ]);
    this.#searchRefusals = this.counter(
      "sluice_search_refused_pages_total",
      "Pages that the index of the search cannot take, set aside with their error.",
    );
    this.#sweeps = this.counter("sluice_sweeps_total", "Sweeps that came to their end.");
    this.#swept = this.counter(
      "sluice_swept_total",
      "What sweeps found uncovered: items, and attempts of dead coordinators.",
      ["kind"],
    );
    this.#eventLag = this.histogram(
      "sluice_event_lag_seconds",
      "Time from a change of a batch until its event was told.",
      EVENT_SECONDS,
    );
    this.#deliveries = this.counter(
      "sluice_webhook_tries_total",
      "Tries to deliver an event to a webhook, by outcome.",
      ["outcome"],
    );
    this.#deliverySeconds = this.histogram(
      "sluice_webhook_try_duration_seconds",
      "Time from a delivery's start to its answer, or to where it was given up.",
      DELIVERY_SECONDS,
    );
    this.#givenUp = this.counter("sluice_webhook_given_up_total", "Deliveries that no further try was made of.");
    this.#loopFaults = this.counter("sluice_loop_faults_total", "Failed rounds of the coordinator's loops.", ["loop"]);
    this.#listedPages = this.counter(
      "sluice_listing_pages_total",
      "Pages of listings of sources that were taken in here.",
    );
    this.#listedItems = this.counter("sluice_listing_items_total", "Items that listings of sources found here.");
    this.#listings = this.counter("sluice_listings_total", "Sources whose listing ended here, by outcome.", [
      "outcome",
    ]);
    this.#listingRetries = this.counter(
      "sluice_listing_retries_total",
      "Listings that were put off because where their source lies did not answer.",
    );
    this.#spool = this.gauge("sluice_spool_bytes", "Results in the spool directory that wait for their commit.");
    this.#spool.set(0);
    this.#uploads = this.counter(
      "sluice_uploads_total",
      "Uploads that ended here: kept, of bytes that were known, or refused, whatever the cause.",
      ["outcome"],
    );
    this.#uploadBytes = this.counter("sluice_upload_bytes_total", "Bytes of uploads that were kept here.");
    this.#llmCalls = this.counter("sluice_llm_calls_total", "Calls to LLMs that are stored, by outcome.", ["outcome"]);
    this.#llmTokens = this.counter("sluice_llm_tokens_total", "Tokens of these calls: in, of prompts, and out.", [
      "direction",
    ]);
    this.#llmSeconds = this.histogram("sluice_llm_call_duration_seconds", "Time an LLM took for a call.", LLM_SECONDS);
    this.#llmCost = this.counter("sluice_llm_cost_usd_total", "What these calls cost, where a price is configured.");
    this.#labelsPutOff = this.counter(
      "sluice_labels_put_off_total",
      "Times that a document's label was put off because what judges did not serve.",
    );
    this.#labelsInherited = this.counter(
      "sluice_labels_inherited_total",
      "Labels that were handed on to a near-duplicate, for which an LLM was not asked.",
    );
    this.#startAtZero();
  }

  /** A label shard was committed with these answers. */
  judged(lines: readonly LabelItemLine[]): void {
    for (const line of lines) {
      const { outcome, calls } = line;
      if (outcome === "put_off") this.#labelsPutOff.inc();
      if (outcome === "labelled" && line.classification.source === "near_duplicate") this.#labelsInherited.inc();
      for (const call of calls) {
        this.#llmCalls.inc({ outcome: call.outcome });
        this.#llmTokens.inc({ direction: "in" }, call.inputTokens);
        this.#llmTokens.inc({ direction: "out" }, call.outputTokens);
        this.#llmSeconds.observe(call.latencyMs / 1_000);
        this.#llmCost.inc(call.costUsd ?? 0);
      }
    }
  }

  /** The first one of a kind is an increase only when there was a zero before it. */
  #startAtZero(): void {
    for (const outcome of LLM_OUTCOMES) this.#llmCalls.inc({ outcome }, 0);
    for (const direction of ["in", "out"] as const) this.#llmTokens.inc({ direction }, 0);
    for (const outcome of ATTEMPT_OUTCOMES) this.#attempts.inc({ outcome }, 0);
    for (const fate of ["returned", "split", "failed", "gone"] as const) this.#fates.inc({ fate }, 0);
    for (const state of EXTRACT_STATES) if (state !== "pending") this.#items.inc({ stage: "extract", state }, 0);
    for (const state of CLASSIFY_STATES) if (state !== "pending") this.#items.inc({ stage: "classify", state }, 0);
    for (const code of DOCUMENT_ERROR_CODES) this.#failures.inc({ code }, 0);
    for (const reason of ["contention", "row", "database"] as const) this.#retries.inc({ reason }, 0);
    for (const kind of ["items", "attempts"] as const) this.#swept.inc({ kind }, 0);
    for (const outcome of UPLOAD_OUTCOMES) this.#uploads.inc({ outcome }, 0);
    for (const outcome of TRY_OUTCOMES) this.#deliveries.inc({ outcome }, 0);
    this.#givenUp.inc(0);
    for (const outcome of LISTING_OUTCOMES) this.#listings.inc({ outcome }, 0);
    this.#listingRetries.inc(0);
    for (const loop of LOOPS) this.#loopFaults.inc({ loop }, 0);
  }

  attemptEnded(outcome: AttemptOutcome): void {
    this.#attempts.inc({ outcome });
  }

  shardUncommitted(fate: ShardFate): void {
    this.#fates.inc({ fate });
  }

  /** What a transaction that has committed changed. */
  stored(changes: CounterChanges): void {
    for (const { stage, state, items, pages, bytes } of changes.entered()) {
      if (state === "pending") continue;
      this.#items.inc({ stage, state }, items);
      // Copies of what was there before are no new pages.
      if (state !== "succeeded" && state !== "partial") continue;
      this.#pages.inc(pages);
      this.#bytes.inc(bytes);
    }
    for (const [code, items] of changes.failures) this.#failures.inc({ code }, items);
  }

  committed(seconds: number): void {
    this.#commit.observe(seconds);
  }

  streamEnded(seconds: number): void {
    this.#stream.observe(seconds);
  }

  retried(reason: CommitRetry): void {
    this.#retries.inc({ reason });
  }

  searchRefused(pages: number): void {
    this.#searchRefusals.inc(pages);
  }

  swept(found: { items: number; attempts: number }): void {
    this.#sweeps.inc();
    this.#swept.inc({ kind: "items" }, found.items);
    this.#swept.inc({ kind: "attempts" }, found.attempts);
    this.#attempts.inc({ outcome: "coordinator_lost" }, found.attempts);
  }

  /** How long each event was on its way. */
  eventsTold(lagSeconds: readonly number[]): void {
    for (const seconds of lagSeconds) this.#eventLag.observe(Math.max(0, seconds));
  }

  deliveryTried(outcome: TryOutcome, seconds: number): void {
    this.#deliveries.inc({ outcome });
    this.#deliverySeconds.observe(seconds);
  }

  deliveryGivenUp(): void {
    this.#givenUp.inc();
  }

  loopFailed(loop: (typeof LOOPS)[number]): void {
    this.#loopFaults.inc({ loop });
  }

  pageListed(items: number): void {
    this.#listedPages.inc();
    this.#listedItems.inc(items);
  }

  listingEnded(outcome: (typeof LISTING_OUTCOMES)[number]): void {
    this.#listings.inc({ outcome });
  }

  listingPutOff(): void {
    this.#listingRetries.inc();
  }

  /** Bytes that went into the spool, or, negative, that left it. */
  spooled(bytes: number): void {
    this.#spool.inc(bytes);
  }

  uploaded(outcome: (typeof UPLOAD_OUTCOMES)[number], bytes = 0): void {
    this.#uploads.inc({ outcome });
    this.#uploadBytes.inc(bytes);
  }

  /** Gauges that are read when they are asked for. */
  watch(parts: {
    readonly database: Database;
    readonly directory: WorkerDirectory;
    readonly running: () => { streaming: number; uncommitted: number };
    readonly draining: () => boolean;
  }): void {
    const { database, directory } = parts;
    this.reading("sluice_draining", "1 once it was told to stop.", () => Number(parts.draining()));
    this.reading(
      "sluice_shards_streaming",
      "Shards of this coordinator that a worker reads.",
      () => parts.running().streaming,
    );
    this.reading(
      "sluice_shards_uncommitted",
      "Shards in hand here, read or being read.",
      () => parts.running().uncommitted,
    );
    this.gauge(
      "sluice_database_connections",
      "Connections of the pool for commits, intake and queue: used, idle, and callers that wait for one.",
      ["state"],
      (gauge) => {
        const { totalCount, idleCount, waitingCount } = database.pool;
        gauge.set({ state: "used" }, totalCount - idleCount);
        gauge.set({ state: "idle" }, idleCount);
        gauge.set({ state: "waiting" }, waitingCount);
      },
    );
    this.#addFleet(directory);
    this.#addQueues(database);
    this.#addBacklog(database);
    this.#addListings(database);
    this.#addUnfinished(database);
  }

  /** Live workers as this coordinator sees them: every coordinator reports the same, so take the maximum, not the sum. */
  #addFleet(directory: WorkerDirectory): void {
    const byEngine = (name: string, help: string, column: "workers" | "slots" | "busySlots") =>
      this.gauge(name, help, ["engine_version"], (gauge) => {
        gauge.reset();
        for (const [engine_version, fleet] of directory.fleet()) gauge.set({ engine_version }, fleet[column]);
      });
    byEngine("sluice_fleet_workers", "Live workers, by engine version.", "workers");
    byEngine("sluice_fleet_slots", "Slots of live workers, by engine version.", "slots");
    byEngine("sluice_fleet_slots_busy", "Busy slots of live workers, by engine version.", "busySlots");
  }

  /** The queues of the whole installation: every coordinator reports the same. Without a database they are left out. */
  #addQueues(database: Database): void {
    const depths = remembered<QueueDepth[]>(() => readQueueDepths(database));
    const byQueue = (name: string, help: string, read: (depth: QueueDepth) => number) =>
      this.gauge(name, help, ["queue"], async (gauge) => {
        gauge.reset();
        for (const depth of (await depths()) ?? []) gauge.set({ queue: depth.queue }, read(depth));
      });
    byQueue("sluice_queue_shards_waiting", "Shards that wait in a queue.", (depth) => depth.waiting);
    byQueue(
      "sluice_queue_shards_active",
      "Shards of a queue that some coordinator has in hand.",
      (depth) => depth.active,
    );
    byQueue(
      "sluice_queue_oldest_seconds",
      "How long the oldest shard of a queue that could start has waited.",
      (depth) => depth.oldestSeconds,
    );
    this.gauge("sluice_database_up", "1: PostgreSQL answered the last look at the queues.", [], async (gauge) =>
      gauge.set((await depths()) === null ? 0 : 1),
    );
  }

  /** Of the whole installation, as queues are. */
  #addBacklog(database: Database): void {
    const backlog = remembered<DeliveryBacklog>(() => readBacklog(database));
    this.#known(
      backlog,
      "sluice_webhook_deliveries_pending",
      "Deliveries that wait for a try.",
      ({ pending }) => pending,
    );
    this.#known(
      backlog,
      "sluice_webhook_oldest_seconds",
      "How long the oldest delivery that is pending has been so.",
      ({ oldestSeconds }) => oldestSeconds,
    );
  }

  /** Of the whole installation too. */
  #addListings(database: Database): void {
    const backlog = remembered<ListingBacklog>(() => readListingBacklog(database));
    this.#known(
      backlog,
      "sluice_listing_sources_pending",
      "Sources of open batches that are not listed to their end.",
      ({ pending }) => pending,
    );
    this.#known(
      backlog,
      "sluice_listing_sources_failing",
      "Those of them that are tried again later, because where they lie did not answer.",
      ({ failing }) => failing,
    );
    this.#known(
      backlog,
      "sluice_listing_oldest_seconds",
      "How long ago the oldest batch with a source that is not listed to its end was opened.",
      ({ oldestSeconds }) => oldestSeconds,
    );
  }

  /** And what is begun in pieces. */
  #addUnfinished(database: Database): void {
    const unfinished = remembered<UnfinishedUploads>(() => readUnfinished(database));
    this.#known(
      unfinished,
      "sluice_unfinished_uploads",
      "Uploads in pieces that were begun and are not complete.",
      ({ uploads }) => uploads,
    );
    this.#known(
      unfinished,
      "sluice_unfinished_upload_bytes",
      "Bytes that were announced for them.",
      ({ bytes }) => bytes,
    );
  }

  /** What was read of the database; left out while it does not answer. */
  #known<Value>(
    read: () => Promise<Value | null>,
    name: string,
    help: string,
    valueOf: (value: Value) => number,
  ): void {
    this.gauge(name, help, [], async (gauge) => {
      gauge.reset();
      const known = await read();
      if (known !== null) gauge.set(valueOf(known));
    });
  }
}

/** What several scrapers share, or null where the database does not answer in time. */
function remembered<Value>(read: () => Promise<Value>): () => Promise<Value | null> {
  let last: { at: number; value: Promise<Value | null> } | null = null;
  return () => {
    if (last === null || performance.now() - last.at > REMEMBER_QUEUES_MS) {
      const value = Promise.race([read(), Bun.sleep(QUEUES_LIMIT_MS).then(() => null)]);
      last = { at: performance.now(), value: value.catch(() => null) };
    }
    return last.value;
  };
}
