import type { Logger } from "@sluice/serverkit";
import { FileRoots } from "@sluice/sources/files";
import type { OutboundRules } from "@sluice/sources/outbound";
import { RemoteSources } from "@sluice/sources/remote";
import type { Quotas } from "./admission/quotas.ts";
import type { BlobLinks } from "./blobs/blob-links.ts";
import { StagingMemory } from "./commit/staging.ts";
import type { StoreRoom } from "./commit/store-room.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import { Turns } from "./db/turns.ts";
import { BatchRemover } from "./deletion/batch-remover.ts";
import { BatchContexts } from "./dispatch/batch-contexts.ts";
import { Dispatcher } from "./dispatch/dispatcher.ts";
import type { WorkerDirectory } from "./dispatch/worker-directory.ts";
import { BatchChanges } from "./events/batch-changes.ts";
import { EventLoop } from "./events/event-loop.ts";
import { logBatchDone } from "./events/log-batch-done.ts";
import type { BackPressure } from "./intake/back-pressure.ts";
import { LabelDispatcher } from "./labelling/label-dispatcher.ts";
import { Lister } from "./listings/lister.ts";
import type { CoordinatorMetrics } from "./metrics/coordinator-metrics.ts";
import type { ShardQueue } from "./queue/shard-queue.ts";
import { SearchIndexer } from "./search/search-indexer.ts";
import type { UploadParts } from "./uploads/upload-parts.ts";
import { uploadSweep } from "./uploads/upload-sweep.ts";
import { uploadedBytes } from "./uploads/uploaded-bytes.ts";
import { Deliverer } from "./webhooks/deliverer.ts";

// When a fleet's shards end together, their commits would have all connections, and every slot would wait for the last of them.
const CONNECTIONS_FOR_DISPATCH = 2;
// What judges and does not serve is not given more, once its worker says so; this is for what it had in hand.
const LABEL_RETRY_MS = 3_000;

interface BackgroundParts {
  readonly coordinatorId: string;
  readonly version: string;
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly directory: WorkerDirectory;
  readonly metrics: CoordinatorMetrics;
  readonly storeRoom: StoreRoom;
  readonly uploads: UploadParts;
  readonly blobLinks: BlobLinks;
  readonly backPressure: BackPressure;
  readonly quotas: Quotas;
  readonly targets: OutboundRules;
  readonly logger: Logger;
}

/** What a coordinator does beside answering requests, and who has to be told of what. */
export interface Background {
  readonly dispatcher: Dispatcher;
  readonly labels: LabelDispatcher;
  readonly lister: Lister;
  readonly indexer: SearchIndexer;
  readonly remover: BatchRemover;
  readonly deliverer: Deliverer;
  readonly events: EventLoop;
  readonly changes: BatchChanges;
  batchDone(batchId: string): void;
  start(): void;
  /** Lets shards and deliveries that run end within `drainMs`. */
  stop(drainMs: number): Promise<void>;
}

export function createBackground(config: Config, parts: BackgroundParts): Background {
  const { database, queue, directory, metrics, uploads, logger } = parts;
  const mayWork = () => dispatcher.schemaNewer === null;
  const deliverer = new Deliverer({
    database,
    targets: parts.targets,
    timeoutMs: config.webhookTimeoutMs,
    firstRetryMs: config.webhookRetryMs,
    userAgent: `Sluice/${parts.version}`,
    logger,
    metrics,
    mayWork,
  });
  const events = new EventLoop({
    database,
    keepDays: config.eventDays,
    logger,
    metrics,
    deliveriesMade: () => deliverer.wake(),
    mayWork,
  });
  const changes = new BatchChanges(() => events.wake());
  const batchDone = (batchId: string) => void logBatchDone({ database, logger }, batchId);
  const changed = (batchId: string) => changes.changed(batchId);
  const shared = {
    database,
    queue,
    contexts: new BatchContexts(database),
    coordinatorId: parts.coordinatorId,
    commitTurns: new Turns(Math.max(1, config.dbPool - CONNECTIONS_FOR_DISPATCH)),
    storeRoom: parts.storeRoom,
    logger,
    metrics,
    batchDone,
    changed,
  };
  const labels = new LabelDispatcher({ ...shared, labelRetryMs: LABEL_RETRY_MS, mayWork }, directory);
  const dispatcher = new Dispatcher(
    {
      ...shared,
      spoolDir: config.spoolDir,
      stagingMemory: new StagingMemory(),
      keepDays: config.keepDays,
      blobs: uploads.blobs,
      blobLinks: parts.blobLinks,
      sourceRetryMs: config.sourceRetryMs,
      labelStageOf: (labelQueue) => directory.labelStageOf(labelQueue),
      labelsAdded: () => labels.wake(),
    },
    directory,
  );
  const remover = new BatchRemover({ database, logger });
  const indexer = new SearchIndexer({ database, logger, metrics, mayWork });
  const lister = new Lister({
    database,
    queue,
    logger,
    metrics,
    backPressure: parts.backPressure,
    quotas: parts.quotas,
    access: {
      remote: new RemoteSources(config.remote),
      fileRoots: config.fileRoots === null ? null : new FileRoots(config.fileRoots),
      uploads: uploadedBytes(uploads),
    },
    sourceRetryMs: config.sourceRetryMs,
    schemaNewer: () => dispatcher.schemaNewer,
    slotsFor: (name) => directory.slotsFor(name),
    labelStageOf: (labelQueue) => directory.labelStageOf(labelQueue),
    wake: () => {
      dispatcher.wake();
      labels.wake();
    },
    changed,
    batchDone,
  });
  const { blobs } = uploads;
  const sweep = blobs === null ? null : uploadSweep({ database, blobs, logger }, config.keepUploadsDays);
  return {
    dispatcher,
    labels,
    lister,
    indexer,
    remover,
    deliverer,
    events,
    changes,
    batchDone,
    start: () => {
      dispatcher.start();
      labels.start();
      remover.start();
      sweep?.start();
      if (config.searchIndex) indexer.start();
      lister.start();
      events.start();
      deliverer.start();
    },
    stop: async (drainMs) => {
      await Promise.all([
        lister.stop(),
        dispatcher.stop(drainMs),
        labels.stop(drainMs),
        deliverer.stop(drainMs),
        remover.stop(),
        indexer.stop(),
        sweep?.stop(),
      ]);
      // Last, so that what those have ended is told.
      await events.stop();
    },
  };
}
