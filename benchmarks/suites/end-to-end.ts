import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Glob } from "bun";
import { processRole } from "../metrics/process-role.ts";
import { measureTree, type ProcessCost } from "../metrics/process-tree.ts";
import { runEngine } from "./engine-process.ts";

const ROOT = join(import.meta.dir, "..", "..");
const CLI = join(ROOT, "apps", "cli", "src", "main.ts");
const ONE_DOCUMENT = join(ROOT, "packages", "testkit", "samples", "documents", "hr");

export interface Run {
  wallSeconds: number;
  cpuSeconds: number;
  byRole: { role: string; processes: number; cpuSeconds: number; peakRssMb: number }[];
  summary: Record<string, unknown>;
}

export interface EndToEndReport {
  suite: "end-to-end";
  folder: string;
  repeats: number;
  documents: number;
  pages: number;
  /** The engine alone over the same files, one thread, no reading, hashing or storing. */
  extractionCpuSeconds: number;
  /** `classify` of two small documents into an empty data directory: what starting, creating a database and stopping cost. */
  startUp: Run;
  cold: Run;
  again: Run;
  /** (cold - startUp) / extraction: what a CPU-second of extraction costs with everything round it. */
  cpuPerExtractionCpu: number;
}

/**
 * `classify DIR` from nothing, and once more, with the CPU time and memory of every process of the tree. Each is run
 * `repeats` times, in turns, and the cheapest is kept: a busy machine only ever makes things dearer.
 */
export async function benchEndToEnd(options: {
  folder: string;
  workers: number | null;
  repeats: number;
}): Promise<EndToEndReport> {
  const scratch = await mkdtemp(join(tmpdir(), "sluice-end-to-end-"));
  const workers = options.workers === null ? [] : ["-w", String(options.workers)];
  const classify = (folder: string, dataDir: string) =>
    run([process.execPath, CLI, "classify", folder, "--data-dir", join(scratch, dataDir), "--json", ...workers]);
  try {
    const files = [...new Glob("**/*.pdf").scanSync({ cwd: options.folder, absolute: true })].sort();
    const rounds: { alone: number; startUp: Run; cold: Run; again: Run }[] = [];
    for (let round = 0; round < options.repeats; round += 1) {
      const alone = await runEngine({ engine: "native", files, documentTimeoutMs: 60_000 });
      rounds.push({
        alone: alone.rows.reduce((sum, row) => sum + row.cpuMs, 0) / 1000,
        startUp: await classify(ONE_DOCUMENT, `small-${round}`),
        cold: await classify(options.folder, `all-${round}`),
        again: await classify(options.folder, `all-${round}`),
      });
    }
    const extractionCpuSeconds = Math.min(...rounds.map((round) => round.alone));
    const startUp = cheapest(rounds.map((round) => round.startUp));
    const cold = cheapest(rounds.map((round) => round.cold));
    const again = cheapest(rounds.map((round) => round.again));
    return {
      suite: "end-to-end",
      folder: basename(options.folder),
      repeats: options.repeats,
      documents: Number(cold.summary["documents"]),
      pages: Number(cold.summary["pages"]),
      extractionCpuSeconds,
      startUp,
      cold,
      again,
      cpuPerExtractionCpu: (cold.cpuSeconds - startUp.cpuSeconds) / extractionCpuSeconds,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function cheapest(runs: readonly Run[]): Run {
  return runs.reduce((best, next) => (next.cpuSeconds < best.cpuSeconds ? next : best));
}

async function run(command: string[]): Promise<Run> {
  const { exitCode, stdout, wallSeconds, totalCpuSeconds, processes } = await measureTree(command, processRole);
  if (exitCode > 1) throw new Error(`${command.slice(2).join(" ")} ended with ${exitCode}: ${stdout.slice(0, 500)}`);
  return {
    wallSeconds,
    cpuSeconds: totalCpuSeconds,
    byRole: byRole(processes),
    summary: JSON.parse(stdout) as Record<string, unknown>,
  };
}

function byRole(processes: readonly ProcessCost[]): Run["byRole"] {
  const roles = Map.groupBy(processes, (cost) => cost.role);
  return [...roles].map(([role, costs]) => ({
    role,
    processes: costs.length,
    cpuSeconds: costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0),
    peakRssMb: Math.max(...costs.map((cost) => cost.peakRssMb)),
  }));
}
