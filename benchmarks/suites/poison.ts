import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type BatchStatus, fileUri, type ItemSubmission } from "@sluice/contracts";
import { type Cluster, startCluster } from "@sluice/launcher";
import { Glob } from "bun";
import { ORDER_MARK, ORDERS } from "../engines/poisoned-engine.ts";

const ENGINE = join(import.meta.dir, "..", "engines", "poisoned-engine.ts");
const ONE_IN = 100;
/** Those that end at the time limit and not before. */
const UNTIL_LIMIT = new Set(["hang", "flood"]);
const MEMORY_MB = 128;

export interface PoisonReport {
  suite: "poison";
  folder: string;
  workers: number;
  documents: number;
  poisonous: number;
  documentTimeoutMs: number;
  healthySeconds: number;
  poisonedSeconds: number;
  /** What the time limits of the poisonous ones add when all slots share them. */
  limitSeconds: number;
  /** (poisoned - limits) / healthy. */
  ratio: number;
  failures: Record<string, number>;
  balanced: boolean;
}

/**
 * A batch of `count` documents, and the same with one in a hundred of them poisonous, through coordinator, worker and
 * PostgreSQL. The healthy ones are those of the folder, over and over. Each is run `repeats` times, in turns, and the
 * quickest is kept.
 */
export async function benchPoison(options: {
  folder: string;
  count: number;
  workers: number;
  documentTimeoutMs: number;
  repeats: number;
}): Promise<PoisonReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-poison-"));
  try {
    const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
    const sources = Array.from({ length: options.count }, (_, index) => files[index % files.length] ?? "");
    const poison = writePoison(scratch, Math.ceil(options.count / ONE_IN));
    // Spread evenly, the kinds in turns: no shard has more than its part.
    const poisoned = sources.map((source, index) => poison.get(index / ONE_IN) ?? source);
    await using cluster = await startCluster({
      dataDir: join(scratch, "data"),
      workers: options.workers,
      extractor: ENGINE,
      logLevel: "error",
    });
    const run = (list: readonly string[]) => runBatch(cluster, list, options.documentTimeoutMs);
    // The first batch finds no extractor running and an empty database.
    await run(sources.slice(0, 50));
    const rounds: { healthy: Timed; poisoned: Timed }[] = [];
    for (let round = 0; round < options.repeats; round += 1) {
      rounds.push({ healthy: await run(sources), poisoned: await run(poisoned) });
    }
    const healthySeconds = Math.min(...rounds.map((round) => round.healthy.seconds));
    const best = rounds.map((round) => round.poisoned).reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const limited = [...poison.values()].filter((path) => UNTIL_LIMIT.has(basename(path).split("-")[0] ?? "")).length;
    const limitSeconds = (limited * options.documentTimeoutMs) / 1_000 / options.workers;
    return {
      suite: "poison",
      folder: basename(options.folder),
      workers: options.workers,
      documents: options.count,
      poisonous: poison.size,
      documentTimeoutMs: options.documentTimeoutMs,
      healthySeconds,
      poisonedSeconds: best.seconds,
      limitSeconds,
      ratio: (best.seconds - limitSeconds) / healthySeconds,
      failures: await countFailures(cluster, best.batch.batchId),
      balanced: (await cluster.client.audit(best.batch.batchId)).balanced,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** By their place among the hundreds. */
function writePoison(scratch: string, count: number): Map<number, string> {
  const folder = join(scratch, "poison");
  mkdirSync(folder);
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const order = ORDERS[index % ORDERS.length] ?? "";
      const path = join(folder, `${order}-${index}.pdf`);
      writeFileSync(path, `${ORDER_MARK}${order}\n${index}`);
      return [index, path];
    }),
  );
}

interface Timed {
  readonly seconds: number;
  readonly batch: BatchStatus;
}

async function runBatch({ client }: Cluster, sources: readonly string[], documentTimeoutMs: number): Promise<Timed> {
  const items = sources.map((path, ordinal): ItemSubmission => {
    const { size, mtimeNs } = statSync(path, { bigint: true });
    return { ordinal, uri: fileUri(path), sizeBytes: Number(size), sourceVersion: `${size}:${mtimeNs}` };
  });
  // Read anew, every copy of the same bytes too.
  const options = { force: true, deduplicate: false, documentTimeoutMs, documentMemoryMb: MEMORY_MB };
  const started = performance.now();
  const { batch } = await client.openBatch({ options });
  await client.appendItems(batch.batchId, items);
  await client.sealBatch(batch.batchId, items.length);
  for await (const status of client.watchBatch(batch.batchId)) {
    if (status.state === "done") return { seconds: (performance.now() - started) / 1_000, batch: status };
  }
  throw new Error("the batch did not end");
}

async function countFailures({ client }: Cluster, batchId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for await (const { code } of client.failures(batchId)) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
