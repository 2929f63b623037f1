import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { listDirectory, type SluiceClient } from "@sluice/client";
import { FIRST_CHUNK_ITEMS, type ItemSubmission, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";
import { startCluster } from "@sluice/launcher";
import { AddonProcesses } from "../engines/addon-processes.ts";
import { cpuBetween, cpuByRole, type RoleCpu, totalCpu } from "../metrics/cpu-by-role.ts";
import { processRole } from "../metrics/process-role.ts";
import { DistinctCopies } from "./distinct-copies.ts";
import { listDocuments } from "./extract.ts";

/** One way of reading all documents, once. */
export interface Pass {
  seconds: number;
  pages: number;
  failed: number;
  pagesPerSecond: number;
  cpuSeconds: RoleCpu;
  /** All processes together. */
  microsPerPage: number;
}

export const WAYS = ["alone", "none", "rules"] as const;
export type Way = (typeof WAYS)[number];

export interface PathReport {
  suite: "path";
  folder: string;
  workers: number;
  repeats: number;
  documents: number;
  pages: number;
  bytes: number;
  /** The quickest of the rounds of each. */
  best: Record<Way, Pass>;
  rounds: Record<Way, Pass>[];
  /** Pages a second through the whole path over those of the addon alone in the same round, the median; the same of CPU time. */
  ratio: Record<Exclude<Way, "alone">, { wall: number; cpu: number }>;
  /** Share of PostgreSQL in the CPU time of the whole path, without labels: the median of the rounds. */
  postgresShare: number;
  balanced: boolean;
}

/**
 * The whole path, from the listing of a folder to the last row committed, without labels and with them, against the addon
 * alone: as many processes of it as the worker has extractors, over the same files. Everything has been started and
 * warmed up before. Each round reads other bytes, so that nothing is known already.
 */
export async function benchPath(options: {
  folder: string;
  pages: number;
  workers: number;
  repeats: number;
}): Promise<PathReport> {
  const { workers } = options;
  const scratch = mkdtempSync(join(tmpdir(), "sluice-path-"));
  try {
    const documents = listDocuments(options.folder);
    using addon = new AddonProcesses(workers);
    const once = await addon.read(documents);
    const folder = join(scratch, "documents");
    const copies = new DistinctCopies(folder, documents, Math.ceil(options.pages / Math.max(1, once.pages)));
    const warmUp = join(scratch, "warm-up");
    mkdirSync(warmUp);
    const warmUpCopies = new DistinctCopies(warmUp, documents, 1);
    await using cluster = await startCluster({
      dataDir: join(scratch, "data"),
      workers,
      logLevel: "warn",
      // It would begin while the addon alone is measured.
      coordinatorEnvironment: { SLUICE_SEARCH_INDEX: "0" },
    });
    const { client } = cluster;
    const batchIds: string[] = [];
    const through = async (of: string, classifier: "none" | "rules") => {
      const { batchId, pages, failed } = await runBatch(client, of, classifier);
      batchIds.push(batchId);
      return { pages, failed };
    };
    const rounds: Record<Way, Pass>[] = [];
    for (let round = 0; round < options.repeats; round += 1) {
      if (round === 0) {
        await through(warmUp, "rules");
        warmUpCopies.renew();
        await through(warmUp, "none");
      }
      const alone = await measure(() => addon.read(copies.files));
      copies.renew();
      const none = await measure(() => through(folder, "none"));
      copies.renew();
      const rules = await measure(() => through(folder, "rules"));
      copies.renew();
      rounds.push({ alone, none, rules });
    }
    const audits = await Promise.all(batchIds.map((batchId) => client.audit(batchId)));
    return report(
      options,
      copies,
      rounds,
      audits.every((audit) => audit.balanced),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function report(
  options: { folder: string; workers: number; repeats: number },
  copies: DistinctCopies,
  rounds: Record<Way, Pass>[],
  balanced: boolean,
): PathReport {
  const best = (way: Way) =>
    rounds.map((round) => round[way]).reduce((a, b) => (b.pagesPerSecond > a.pagesPerSecond ? b : a));
  const [alone, none, rules] = [best("alone"), best("none"), best("rules")];
  for (const pass of [none, rules]) {
    if (pass.pages === alone.pages && pass.failed === alone.failed) continue;
    throw new Error(`the whole path read ${pass.pages} pages, the addon alone ${alone.pages}`);
  }
  // A round is a moment of the machine: what is measured in it side by side can be compared, the quickest of each cannot.
  const ratio = (way: Way) => ({
    wall: median(rounds.map((round) => round[way].pagesPerSecond / round.alone.pagesPerSecond)),
    cpu: median(rounds.map((round) => round.alone.microsPerPage / round[way].microsPerPage)),
  });
  return {
    suite: "path",
    folder: basename(options.folder),
    workers: options.workers,
    repeats: options.repeats,
    documents: copies.files.length,
    pages: alone.pages,
    bytes: copies.bytes,
    best: { alone, none, rules },
    rounds,
    ratio: { none: ratio("none"), rules: ratio("rules") },
    postgresShare: median(
      rounds.map((round) => (round.none.cpuSeconds["postgres"] ?? 0) / totalCpu(round.none.cpuSeconds)),
    ),
    balanced,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return (at((sorted.length - 1) >> 1) + at(sorted.length >> 1)) / 2;
}

export async function measure(pass: () => Promise<{ pages: number; failed: number }>): Promise<Pass> {
  const before = cpuByRole(processRole);
  const started = performance.now();
  const { pages, failed } = await pass();
  const seconds = (performance.now() - started) / 1_000;
  const cpuSeconds = cpuBetween(before, cpuByRole(processRole));
  const microsPerPage = (totalCpu(cpuSeconds) / pages) * 1e6;
  return { seconds, pages, failed, pagesPerSecond: pages / seconds, cpuSeconds, microsPerPage };
}

/** Submits a folder as the command line does, and waits for the end of its batch. */
export async function runBatch(
  client: SluiceClient,
  folder: string,
  classifier: "none" | "rules",
): Promise<{ batchId: string; pages: number; failed: number }> {
  const { batch } = await client.openBatch({ options: { classifier } });
  const { batchId } = batch;
  let items = 0;
  let chunk: ItemSubmission[] = [];
  const send = async () => {
    await client.appendItems(batchId, chunk);
    chunk = [];
  };
  for await (const entry of listDirectory(Buffer.from(folder))) {
    if (entry.kind !== "file") continue;
    const { uri, sizeBytes, sourceVersion } = entry;
    chunk.push({ ordinal: items, uri, sizeBytes, sourceVersion });
    items += 1;
    if (chunk.length === (items === chunk.length ? FIRST_CHUNK_ITEMS : MAX_ITEMS_PER_CHUNK)) await send();
  }
  if (chunk.length > 0) await send();
  await client.sealBatch(batchId, items);
  for await (const status of client.watchBatch(batchId)) {
    if (status.state !== "done") continue;
    const { succeeded, partial, failed } = status.extract;
    if (succeeded + partial + failed !== items) throw new Error("documents were known already");
    return { batchId, pages: status.pages, failed };
  }
  throw new Error("the batch did not end");
}
