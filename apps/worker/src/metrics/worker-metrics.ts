import { PROTOCOL_VERSION } from "@sluice/contracts";
import { type Counter, type Histogram, ServerMetrics } from "@sluice/serverkit";
import type { ItemBytes } from "../extractors/pool/extractor-lease.ts";
import { END_CAUSES, type EndCause, type ExtractorPool } from "../extractors/pool/extractor-pool.ts";
import type { LabelVerdict } from "../labels/labeller.ts";
import { LABEL_SHARD_ENDS, type LabelMetrics } from "../labels/run-label-shard.ts";
import { SHARD_ENDS, type ShardMetrics } from "../shards/run-shard.ts";

// From one page of text to the limit that batches usually set.
const EXTRACTION_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];

/** What a worker measures, beside what every server does. */
export class WorkerMetrics extends ServerMetrics implements ShardMetrics, LabelMetrics {
  readonly #seconds: Histogram;
  readonly #cpu: Counter;
  readonly #bytes: Counter;
  readonly #shards: Counter<"end">;
  readonly #ends: Counter<"cause">;
  readonly #judged: Counter<"outcome">;
  readonly #labelShards: Counter<"end">;

  constructor() {
    super({ service: "worker", protocol: PROTOCOL_VERSION });
    this.#seconds = this.histogram(
      "sluice_extraction_duration_seconds",
      "Time an extractor worked on one document, whatever came of it.",
      EXTRACTION_SECONDS,
    );
    this.#cpu = this.counter("sluice_extraction_cpu_seconds_total", "CPU time that extractors spent on documents.");
    this.#bytes = this.counter("sluice_result_bytes_total", "Bytes of results, as they go to coordinators.");
    this.#shards = this.counter(
      "sluice_worker_shards_total",
      "Shards by how they ended here: done, handed_back at a stop, left by their coordinator, broken by a fault.",
      ["end"],
    );
    this.#ends = this.counter(
      "sluice_extractor_ends_total",
      "Extractor processes that ended, by cause; all but those stopped are replaced.",
      ["cause"],
    );
    this.#judged = this.counter(
      "sluice_worker_judged_total",
      "Documents whose stored text was judged here: labelled, failed, or put off because what judges did not serve.",
      ["outcome"],
    );
    this.#labelShards = this.counter(
      "sluice_worker_label_shards_total",
      "Label shards by how they ended here: done, handed_back at a stop, left by their coordinator, broken by a fault.",
      ["end"],
    );
    // At zero from the start, so that the first one is an increase.
    for (const end of SHARD_ENDS) this.#shards.inc({ end }, 0);
    for (const end of LABEL_SHARD_ENDS) this.#labelShards.inc({ end }, 0);
    for (const outcome of ["labelled", "failed", "put_off"] as const) this.#judged.inc({ outcome }, 0);
    for (const cause of END_CAUSES) this.#ends.inc({ cause }, 0);
  }

  documentRead({ elapsedMs, cpuMicros, line }: ItemBytes): void {
    this.#seconds.observe(elapsedMs / 1_000);
    this.#cpu.inc(cpuMicros / 1e6);
    this.#bytes.inc(line.reduce((sum, piece) => sum + piece.length, 0));
  }

  shardEnded(end: (typeof SHARD_ENDS)[number]): void {
    this.#shards.inc({ end });
  }

  judged(outcome: LabelVerdict["outcome"]): void {
    this.#judged.inc({ outcome });
  }

  labelShardEnded(end: (typeof LABEL_SHARD_ENDS)[number]): void {
    this.#labelShards.inc({ end });
  }

  extractorEnded(cause: EndCause): void {
    this.#ends.inc({ cause });
  }

  /** Gauges that are read when they are asked for. */
  watch(parts: {
    readonly pool: ExtractorPool;
    readonly engineVersion: string;
    readonly standing: () => { registered: number; coordinators: number };
    readonly draining: () => boolean;
  }): void {
    const { pool } = parts;
    this.reading("sluice_slots", "Shards this worker takes at a time.", () => pool.stats.slots);
    this.reading("sluice_slots_busy", "Slots with a shard.", () => pool.stats.busy);
    this.reading("sluice_slots_lost", "Slots whose extractor the system cannot end.", () => pool.stats.lost);
    this.reading("sluice_extractors", "Extractor processes.", () => pool.stats.children);
    this.reading(
      "sluice_extractor_resident_memory_bytes",
      "Resident memory of all extractor processes, as last seen.",
      () => pool.residentBytes,
    );
    this.reading(
      "sluice_coordinators",
      "Coordinators this worker is to register with.",
      () => parts.standing().coordinators,
    );
    this.reading(
      "sluice_coordinators_registered",
      "Coordinators that have this worker on their list.",
      () => parts.standing().registered,
    );
    this.reading("sluice_draining", "1 once it was told to stop.", () => Number(parts.draining()));
    this.gauge("sluice_engine_info", "1, with the engine's version as label.", ["engine_version"]).set(
      { engine_version: parts.engineVersion },
      1,
    );
  }
}
