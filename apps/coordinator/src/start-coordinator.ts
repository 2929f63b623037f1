import { createLogger, Readiness, type RunningApp, startServer } from "@sluice/serverkit";
import { version } from "../package.json" with { type: "json" };
import { OpenStreams } from "./admission/open-streams.ts";
import { Owners } from "./admission/owners.ts";
import { Quotas } from "./admission/quotas.ts";
import { RequestRates } from "./admission/request-rates.ts";
import { createApp } from "./app.ts";
import { createFirstTokens } from "./auth/create-first-tokens.ts";
import { openTokenStore } from "./auth/token-store.ts";
import { BlobLinks } from "./blobs/blob-links.ts";
import { openBlobStore } from "./blobs/open-blob-store.ts";
import { StoreRoom } from "./commit/store-room.ts";
import type { Config, Role } from "./config.ts";
import { createBackground } from "./create-background.ts";
import { connectDatabase, type Database } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { readSecret } from "./db/queries/read-secret.ts";
import { waitForDatabase } from "./db/wait-for-database.ts";
import { WorkerDirectory } from "./dispatch/worker-directory.ts";
import { StatusFeeds } from "./events/status-feeds.ts";
import { ParquetPlaces } from "./exports/parquet-places.ts";
import { readyChecks } from "./health/ready-checks.ts";
import { CoordinatorMetrics } from "./metrics/coordinator-metrics.ts";
import { KeyStore } from "./idempotency/key-store.ts";
import { BackPressure } from "./intake/back-pressure.ts";
import { openShardQueue } from "./queue/shard-queue.ts";
import { webhookTargets } from "./webhooks/webhook-targets.ts";
import { parseAddressAllowList } from "./workers/address-allow-list.ts";

// Each route has its limit; this one would be that of a form of many uploads.
const MAX_BODY_BYTES = Number.MAX_SAFE_INTEGER;
// Of clients, who come in any number. Those who are patient ask again before, and workers every other second.
const IDLE_SECONDS = 60;
// Beside the time that shards have: their return to the queue, and the end of requests that are under way.
const STOP_MARGIN_MS = 3_000;
const REQUESTS_END_MS = 500;

/** Starts everything in the order in which each part needs the one before, and stops it in reverse. */
export async function startCoordinator(config: Config): Promise<RunningApp> {
  const logger = createLogger({ name: "coordinator", level: config.logLevel });
  // Checked first: a mistake in the configuration should not wait for a database.
  const allowsWorkerAddress = parseAddressAllowList(config.workerAddresses);
  const database = connectDatabase({ url: config.databaseUrl, poolSize: config.dbPool, logger });
  try {
    await waitForDatabase(database, config.dbWaitMs);
    await migrate(database);
    const queue = await openShardQueue(database, logger);
    if (config.bootstrapTokens === null) await showFirstTokens(database);
    const coordinatorId = Bun.randomUUIDv7();
    const directory = new WorkerDirectory(database, coordinatorId);
    const metrics = new CoordinatorMetrics();
    const targets = webhookTargets(config.webhookHosts);
    const storeRoom = new StoreRoom();
    const readiness = new Readiness(readyChecks({ database, storeRoom, spoolDir: config.spoolDir }));
    const closing = new AbortController();
    const blobs = config.blobs === null ? null : openBlobStore(config.blobs, config.s3);
    const uploads = {
      database,
      blobs,
      maxUploadBytes: config.maxUploadBytes,
      stallMs: config.uploadStallMs,
      logger,
      metrics,
    };
    const blobLinks = new BlobLinks(await readSecret(database, "blob_links"));
    const backPressure = new BackPressure({
      database,
      poolSize: config.dbPool,
      maxPendingItems: config.maxPendingItems,
    });
    const quotas = new Quotas(database, config.limits);
    const background = createBackground(config, {
      coordinatorId,
      version,
      database,
      queue,
      directory,
      metrics,
      storeRoom,
      uploads,
      blobLinks,
      backPressure,
      quotas,
      targets,
      logger,
    });
    const { dispatcher, labels, changes, events } = background;
    metrics.watch({
      database,
      directory,
      running: () => dispatcher.running,
      draining: () => readiness.draining,
    });
    const app = createApp({
      version,
      tls: config.tls !== null,
      corsOrigins: config.corsOrigins,
      database,
      queue,
      tokens: openTokenStore(database, givenTokens(config)),
      keys: new KeyStore(database, coordinatorId),
      rates: new RequestRates(config.limits),
      streams: new OpenStreams(config.limits),
      owners: new Owners(database),
      quotas,
      parquetPlaces: new ParquetPlaces(config.parquetExports),
      changes,
      eventLog: events.log,
      statusFeeds: new StatusFeeds({ database, changes }),
      webhookTargets: targets,
      logger,
      metrics,
      readiness,
      closing: closing.signal,
      allowsWorkerAddress,
      backPressure,
      schemaNewer: () => dispatcher.schemaNewer,
      uploads,
      blobLinks,
      slotsFor: (name) => directory.slotsFor(name),
      labelStageOf: (labelQueue) => directory.labelStageOf(labelQueue),
      wake: () => {
        dispatcher.wake();
        labels.wake();
      },
      searched: () => background.indexer.wake(),
      listSources: () => background.lister.wake(),
      workersChanged: async () => {
        await dispatcher.workersChanged();
        labels.wake();
      },
      batchDone: (batchId) => background.batchDone(batchId),
      batchDeleted: () => background.remover.wake(),
      deliveriesMade: () => background.deliverer.wake(),
      abortBatch: (batchId) => {
        dispatcher.abortBatch(batchId);
        labels.abortBatch(batchId);
      },
    });
    const server = startServer({
      fetch: (request) => app.fetch(request),
      host: config.host,
      port: config.port,
      insecure: config.insecure,
      tls: config.tls,
      logger,
      maxBodyBytes: MAX_BODY_BYTES,
      idleSeconds: IDLE_SECONDS,
    });
    background.start();
    logger.info({ coordinatorId, url: server.url }, "coordinator started");
    return {
      url: server.url,
      stopTimeoutMs: config.drainMs + STOP_MARGIN_MS,
      stop: async () => {
        readiness.drain();
        logger.info({ coordinatorId, ...dispatcher.running, drainMs: config.drainMs }, "coordinator stops");
        await background.stop(config.drainMs);
        closing.abort();
        await Promise.race([server.stop(), Bun.sleep(REQUESTS_END_MS)]);
        await server.stop({ force: true });
        await queue.stop();
        await database.close();
        metrics[Symbol.dispose]();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Tokens that are held in memory only. */
function givenTokens({ bootstrapTokens, metricsToken }: Config): { role: Role; token: string }[] {
  const scraper = metricsToken === null ? [] : [{ role: "metrics" as const, token: metricsToken }];
  return [...(bootstrapTokens ?? []), ...scraper];
}

/** Shown once, on stderr, and never again: only their hashes are kept. */
async function showFirstTokens(database: Database): Promise<void> {
  const made = await createFirstTokens(database);
  for (const { role, token } of made ?? []) {
    process.stderr.write(`The ${role} token, shown this once: ${token}\n`);
  }
}
