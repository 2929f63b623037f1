import { statSync } from "node:fs";
import { basename } from "node:path";
import { fileUri, type ShardItem } from "@sluice/contracts";
import { AddonProcesses } from "../engines/addon-processes.ts";
import { measure, type Pass } from "./path.ts";
import { listDocuments } from "./extract.ts";
import { type OneWorker, startOneWorker } from "../workers/one-worker.ts";

// What counts as a document of about some size.
const SIZE_TOLERANCE = 0.25;
// As coordinators send them.
const DOCUMENTS_A_SHARD = 256;

export type Way = "alone" | "inProcess" | "children";

export interface SizeClass {
  aboutBytes: number;
  /** Different files of about that size, and how often all of them are read in one pass. */
  files: number;
  times: number;
  meanBytes: number;
  /** Processes of the addon alone, which read the files and make the text. */
  alone: Pass;
  /** The same with the hash of each document. */
  inProcess: Pass;
  /** Extractors of a worker, its answers read by this process. */
  children: Pass;
  /** Of children to inProcess and to alone: documents a second, and CPU time with everything round it. */
  ratio: { wall: number; cpu: number };
  ratioToAlone: { wall: number; cpu: number };
  rounds: Record<Way, Pass>[];
}

export interface IsolationReport {
  suite: "isolation";
  folders: string[];
  workers: number;
  repeats: number;
  sizes: SizeClass[];
}

/**
 * What the isolation of documents in extractors costs: a worker's extractors against as many processes that do the same work,
 * hash and text, for themselves, and against those that make the text alone, on documents of about the given sizes. All are
 * warm; they take turns, and the quickest round of each is kept.
 */
export async function benchIsolation(options: {
  folders: readonly string[];
  aboutBytes: readonly number[];
  secondsAPass: number;
  workers: number;
  repeats: number;
}): Promise<IsolationReport> {
  const { workers, repeats } = options;
  using addon = new AddonProcesses(workers);
  using hashing = new AddonProcesses(workers, { hash: true });
  await using worker = await startOneWorker(workers);
  const documents = options.folders.flatMap((folder) => listDocuments(folder));
  const sizes: SizeClass[] = [];
  for (const aboutBytes of options.aboutBytes) {
    const files = documents.filter((path) => Math.abs(statSync(path).size / aboutBytes - 1) <= SIZE_TOLERANCE);
    if (files.length === 0) throw new Error(`there is no document of about ${aboutBytes} bytes`);
    // Once for the caches, then for the time it takes.
    await addon.read(files);
    const once = await measure(() => addon.read(files));
    const times = Math.max(1, Math.round(options.secondsAPass / once.seconds));
    const all = Array.from({ length: times }, () => files).flat();
    const warmUp = all.slice(0, Math.ceil(all.length / 4));
    await hashing.read(warmUp);
    await throughWorker(worker, workers, warmUp);
    const rounds: SizeClass["rounds"] = [];
    for (let round = 0; round < repeats; round += 1) {
      const alone = await measure(() => addon.read(all));
      const inProcess = await measure(() => hashing.read(all));
      const { pages, failed } = alone;
      const children = await measure(async () => {
        await throughWorker(worker, workers, all);
        return { pages, failed };
      });
      rounds.push({ alone, inProcess, children });
    }
    const best = (of: Way) => rounds.map((round) => round[of]).reduce((a, b) => (b.seconds < a.seconds ? b : a));
    const [alone, inProcess, children] = [best("alone"), best("inProcess"), best("children")];
    const ratioTo = (base: Pass) => ({
      wall: base.seconds / children.seconds,
      cpu: base.microsPerPage / children.microsPerPage,
    });
    sizes.push({
      aboutBytes,
      files: files.length,
      times,
      meanBytes: Math.round(files.reduce((sum, path) => sum + statSync(path).size, 0) / files.length),
      alone,
      inProcess,
      children,
      ratio: ratioTo(inProcess),
      ratioToAlone: ratioTo(alone),
      rounds,
    });
  }
  return { suite: "isolation", folders: options.folders.map((folder) => basename(folder)), workers, repeats, sizes };
}

/** All slots take shards from one list, as they come free. */
async function throughWorker(worker: OneWorker, slots: number, files: readonly string[]): Promise<void> {
  const items = files.map((path, ordinal): ShardItem => {
    return { ordinal, uri: fileUri(path), sizeBytes: statSync(path).size, knownHashes: [] };
  });
  // The last ones are smaller, as a coordinator makes them.
  let next = 0;
  const slot = async (): Promise<void> => {
    while (next < items.length) {
      const count = Math.min(DOCUMENTS_A_SHARD, Math.max(8, Math.ceil((items.length - next) / slots / 2)));
      const shard = items.slice(next, next + count);
      next += count;
      const done = await worker.run(shard);
      if (done.items !== shard.length) throw new Error("a document has no line");
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
}
