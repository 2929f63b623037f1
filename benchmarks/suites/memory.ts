import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Cluster, startCluster } from "@sluice/launcher";
import { mean, slopeOf } from "../metrics/least-squares.ts";
import { type ProcessMemory, treeMemory } from "../metrics/tree-memory.ts";
import { DistinctDocuments } from "./distinct-documents.ts";
import { listDocuments } from "./extract.ts";

/** Resident memory in MB; of PostgreSQL, the sum over its processes, pages that they share counted once. */
export interface MemorySample {
  seconds: number;
  documents: number;
  coordinator: number;
  worker: number;
  /** The largest of the extractor processes that live. */
  extractor: number;
  extractors: number;
  postgres: number;
}

export const MEMORY_ROLES = ["coordinator", "worker", "extractor", "postgres"] as const;
export type MemoryRole = (typeof MEMORY_ROLES)[number];

export interface MemoryFigures {
  role: MemoryRole;
  /** What it may have at most; null: that is a setting of the database. */
  limitMb: number | null;
  /** The most that one process of it had at any moment, as the kernel keeps it; of PostgreSQL, the largest sample. */
  peakMb: number;
  /** Of the second half of the run. */
  meanMb: number;
  /** By least squares over the second half of the run. */
  slopeMbPerHour: number;
  /** Its standard error: a slope within two of them is none. */
  slopeErrorMbPerHour: number;
}

export interface MemoryReport {
  suite: "memory";
  folder: string;
  minutes: number;
  workers: number;
  /** Asked for; null: as fast as they are taken. */
  documentsPerSecond: number | null;
  hugeEvery: number;
  batches: number;
  documents: number;
  failed: number;
  pages: number;
  /** Batches whose audit found something missing, doubled or miscounted. */
  unbalanced: number;
  seconds: number;
  /** Processes of a role that were started over the run: extractors are replaced after so many documents. */
  processes: Record<MemoryRole, number>;
  roles: MemoryFigures[];
  samples: MemorySample[];
}

const LIMITS_MB: Record<MemoryRole, number | null> = { coordinator: 250, worker: 150, extractor: 150, postgres: null };
const BATCH_SECONDS = 10;
const BATCH_AT_FULL_SPEED = 1_000;
// One that is being read, and one that is ready when it ends.
const BATCHES_AHEAD = 2;

/**
 * The whole product on one machine, under a steady load for minutes: batch after batch of documents that are all new, read,
 * stored, listed and audited, metrics scraped, and the memory of every process sampled.
 */
export async function benchMemory(options: {
  folder: string;
  minutes: number;
  workers: number;
  documentsPerSecond: number | null;
  hugeEvery: number;
  sampleSeconds: number;
  onSample?: (sample: MemorySample) => void;
}): Promise<MemoryReport> {
  const { minutes, workers, documentsPerSecond, hugeEvery } = options;
  const scratch = mkdtempSync(join(tmpdir(), "sluice-memory-"));
  try {
    const files = listDocuments(options.folder);
    const documents = new DistinctDocuments({ folder: join(scratch, "documents"), files, hugeEvery });
    await using cluster = await startCluster({ dataDir: join(scratch, "data"), workers, logLevel: "warn" });
    const load = new Load(cluster, documents, documentsPerSecond);
    const watch = new Watch(() => load.documents, options.onSample);
    const endAt = performance.now() + minutes * 60_000;
    const sampling = watch.run(cluster, endAt, options.sampleSeconds * 1_000);
    await Promise.all([load.run(endAt), sampling]);
    return {
      suite: "memory",
      folder: basename(options.folder),
      minutes,
      workers,
      documentsPerSecond,
      hugeEvery,
      ...load.totals,
      seconds: watch.seconds,
      processes: watch.processes(),
      roles: MEMORY_ROLES.map((role) => watch.figures(role)),
      samples: watch.samples,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Hands in batch after batch and sees each to its end, as a client would. */
class Load {
  readonly #cluster: Cluster;
  readonly #documents: DistinctDocuments;
  readonly #rate: number | null;
  readonly totals = { batches: 0, documents: 0, failed: 0, pages: 0, unbalanced: 0 };

  constructor(cluster: Cluster, documents: DistinctDocuments, rate: number | null) {
    this.#cluster = cluster;
    this.#documents = documents;
    this.#rate = rate;
  }

  get documents(): number {
    return this.totals.documents;
  }

  async run(endAt: number): Promise<void> {
    const started = performance.now();
    const count = this.#rate === null ? BATCH_AT_FULL_SPEED : Math.max(1, Math.round(this.#rate * BATCH_SECONDS));
    const ahead = new Set<Promise<void>>();
    for (let batch = 0; performance.now() < endAt; batch += 1) {
      const whole = this.#batch(String(batch), count);
      ahead.add(whole);
      void whole.finally(() => ahead.delete(whole)).catch(() => undefined);
      const due = this.#rate === null ? 0 : started + (batch + 1) * BATCH_SECONDS * 1_000 - performance.now();
      if (due > 0) await Promise.race([Bun.sleep(due), ...[...ahead].map(thrown)]);
      while (ahead.size >= BATCHES_AHEAD) await Promise.race(ahead);
    }
    await Promise.all(ahead);
  }

  async #batch(name: string, count: number): Promise<void> {
    const { client } = this.#cluster;
    const items = this.#documents.write(name, count);
    const { batch } = await client.openBatch({ name });
    const { batchId } = batch;
    await client.appendItems(batchId, items);
    await client.sealBatch(batchId, count);
    for await (const status of client.watchBatch(batchId)) {
      if (status.state !== "done") continue;
      this.totals.pages += status.pages;
      this.totals.failed += status.extract.failed;
    }
    let listed = 0;
    for await (const _ of client.results(batchId)) listed += 1;
    if (listed !== count) throw new Error(`${listed} of ${count} results were listed`);
    if (!(await client.audit(batchId)).balanced) this.totals.unbalanced += 1;
    this.totals.batches += 1;
    this.totals.documents += count;
    this.#documents.remove(name);
  }
}

/** Settles only when the work fails. */
async function thrown(work: Promise<void>): Promise<never> {
  await work;
  return await new Promise<never>(() => undefined);
}

/** Samples memory, and keeps what the kernel says of each process's highest mark. */
class Watch {
  readonly samples: MemorySample[] = [];
  readonly #documents: () => number;
  readonly #onSample: (sample: MemorySample) => void;
  readonly #peaks = new Map<number, { role: string; peakMb: number }>();
  readonly #started = performance.now();

  constructor(documents: () => number, onSample: (sample: MemorySample) => void = () => undefined) {
    this.#documents = documents;
    this.#onSample = onSample;
  }

  get seconds(): number {
    return this.samples.at(-1)?.seconds ?? 0;
  }

  async run({ url, adminToken }: Cluster, endAt: number, everyMs: number): Promise<void> {
    while (performance.now() < endAt) {
      // As a Prometheus would beside it.
      const scrape = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } });
      await scrape.text();
      this.#sample(treeMemory());
      await Bun.sleep(everyMs);
    }
  }

  #sample(processes: readonly ProcessMemory[]): void {
    for (const { role, pid, peakMb } of processes) this.#peaks.set(pid, { role, peakMb });
    const of = (role: MemoryRole) => processes.filter((memory) => memory.role === role);
    const largest = (role: MemoryRole) => Math.max(0, ...of(role).map(({ rssMb }) => rssMb));
    const sample: MemorySample = {
      seconds: (performance.now() - this.#started) / 1_000,
      documents: this.#documents(),
      coordinator: largest("coordinator"),
      worker: largest("worker"),
      extractor: largest("extractor"),
      extractors: of("extractor").length,
      postgres: of("postgres").reduce((sum, { pssMb }) => sum + pssMb, 0),
    };
    this.samples.push(sample);
    this.#onSample(sample);
  }

  processes(): MemoryReport["processes"] {
    const count = (role: MemoryRole) => [...this.#peaks.values()].filter((seen) => seen.role === role).length;
    return Object.fromEntries(MEMORY_ROLES.map((role) => [role, count(role)])) as MemoryReport["processes"];
  }

  figures(role: MemoryRole): MemoryFigures {
    const half = this.samples.filter(({ seconds }) => seconds >= this.seconds / 2);
    const peaks = [...this.#peaks.values()].filter((seen) => seen.role === role).map(({ peakMb }) => peakMb);
    const { slope, error } = slopeOf(half.map((sample) => ({ x: sample.seconds / 3_600, y: sample[role] })));
    return {
      role,
      limitMb: LIMITS_MB[role],
      // The marks of PostgreSQL's processes all hold the memory that they share.
      peakMb: Math.max(0, ...(role === "postgres" ? this.samples.map((sample) => sample.postgres) : peaks)),
      meanMb: mean(half.map((sample) => sample[role])),
      slopeMbPerHour: slope,
      slopeErrorMbPerHour: error,
    };
  }
}
