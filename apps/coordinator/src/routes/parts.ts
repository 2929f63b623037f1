import type { AppError } from "@sluice/contracts";
import type { Logger, Readiness } from "@sluice/serverkit";
import type { OpenStreams } from "../admission/open-streams.ts";
import type { Owners } from "../admission/owners.ts";
import type { Quotas } from "../admission/quotas.ts";
import type { RequestRates } from "../admission/request-rates.ts";
import type { OutboundRules } from "@sluice/sources/outbound";
import type { TokenStore } from "../auth/token-store.ts";
import type { BlobLinks } from "../blobs/blob-links.ts";
import type { Database } from "../db/database.ts";
import type { BatchChanges } from "../events/batch-changes.ts";
import type { KeyStore } from "../idempotency/key-store.ts";
import type { ParquetPlaces } from "../exports/parquet-places.ts";
import type { EventLog } from "../events/event-log.ts";
import type { StatusFeeds } from "../events/status-feeds.ts";
import type { BackPressure } from "../intake/back-pressure.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import type { CoordinatorMetrics } from "../metrics/coordinator-metrics.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { UploadParts } from "../uploads/upload-parts.ts";
import type { AddressAllowList } from "../workers/address-allow-list.ts";

/** What the routes are made of: verbs get their parts from here. */
export interface RouteParts {
  /** Sluice's own. */
  readonly version: string;
  /** It is served by TLS. */
  readonly tls: boolean;
  /** Origins whose pages may call. */
  readonly corsOrigins: readonly string[];
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly tokens: TokenStore;
  readonly keys: KeyStore;
  readonly rates: RequestRates;
  readonly streams: OpenStreams;
  readonly owners: Owners;
  readonly quotas: Quotas;
  readonly parquetPlaces: ParquetPlaces;
  readonly changes: BatchChanges;
  readonly eventLog: EventLog;
  readonly statusFeeds: StatusFeeds;
  readonly webhookTargets: OutboundRules;
  readonly logger: Logger;
  readonly metrics: CoordinatorMetrics;
  readonly readiness: Readiness;
  /** Aborts when the server is about to close: streams without an end of their own end then. */
  readonly closing: AbortSignal;
  readonly backPressure: BackPressure;
  readonly uploads: UploadParts;
  readonly blobLinks: BlobLinks;
  readonly allowsWorkerAddress: AddressAllowList;
  /** The error of every call, once the database is of a schema that this version cannot work with. */
  schemaNewer(): AppError | null;
  slotsFor(queue: string): number;
  /** Where labels that are given in a stage of their own wait; null: nowhere. */
  labelStageOf(labelQueue: string | null): LabelStage | null;
  wake(): void;
  /** Somebody searches: what has ended is to be searchable soon. */
  searched(): void;
  /** A batch was opened whose sources are to be listed. */
  listSources(): void;
  workersChanged(): Promise<void>;
  /** A batch has ended here, with nothing pending. */
  batchDone(batchId: string): void;
  /** There are rows of a deleted batch to be taken away. */
  batchDeleted(): void;
  /** There is something for webhooks. */
  deliveriesMade(): void;
  /** Ends what this coordinator runs of a batch. */
  abortBatch(batchId: string): void;
}
