import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { Glob } from "bun";
import type { EngineName } from "../engines/engine.ts";
import { type DocumentQuality, meanQuality, type Quality } from "../metrics/mean-quality.ts";
import { textQuality } from "../metrics/text-quality.ts";
import { type EngineRun, runEngine, whyUnavailable } from "./engine-process.ts";
import { findThinner, type Thinner } from "./find-thinner.ts";
import { summarise, type EngineFigures } from "./summarise.ts";

export interface EngineResult extends EngineFigures {
  /** Pages per CPU-second of every round; the figures are those of the best. */
  rounds: number[];
  /** Null where no document has a true text. */
  quality: Quality | null;
}

export interface ExtractReport {
  suite: "extract";
  folder: string;
  documents: number;
  repeat: number;
  documentTimeoutMs: number;
  engines: EngineResult[];
  unavailable: { name: EngineName; reason: string }[];
  /** Documents in which another engine finds far more text than Sluice's own. */
  thinner: Thinner[];
}

export interface ExtractOptions {
  folder: string;
  engines: readonly EngineName[];
  /** Folder of true texts, X.txt for X.pdf; without it, those that lie beside the documents. */
  truthFolder: string | null;
  /** Keeps the texts as ENGINE/X.txt. */
  textFolder: string | null;
  limit: number | null;
  repeat: number;
  documentTimeoutMs: number;
}

/**
 * Every engine over the same files in one run, each in a process of its own, never two at a time. With `repeat`, all take
 * turns again, each round begun by another engine, and each keeps its best round: a busy machine only ever makes things
 * slower, and for all of them alike.
 */
export async function benchExtract(options: ExtractOptions): Promise<ExtractReport> {
  const files = listDocuments(options.folder).slice(0, options.limit ?? Number.POSITIVE_INFINITY);
  const asked: { name: EngineName; reason: string | null }[] = [];
  for (const name of options.engines) asked.push({ name, reason: await whyUnavailable(name) });
  const unavailable = asked.flatMap(({ name, reason }) => (reason === null ? [] : [{ name, reason }]));
  const names = asked.flatMap(({ name, reason }) => (reason === null ? [name] : []));
  const scratch = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    const texts = options.textFolder ?? scratch;
    const textPathOf = (engine: EngineName) => (file: string) =>
      join(texts, engine, `${nameOf(options.folder, file)}.txt`);
    const truths = files.map((file) => readTruth(options, file));
    const wantsText = options.textFolder !== null || names.length > 1 || truths.some((truth) => truth !== null);
    const rounds = await runRounds(names, options, (engine, isFirst) =>
      runEngine({
        engine,
        files,
        ...(isFirst && wantsText ? { textPathOf: textPathOf(engine) } : {}),
        documentTimeoutMs: options.documentTimeoutMs,
      }),
    );
    const found = new Map(names.map((name) => [name, files.map((file) => readText(textPathOf(name)(file)))]));
    return {
      suite: "extract",
      folder: basename(options.folder),
      documents: files.length,
      repeat: options.repeat,
      documentTimeoutMs: options.documentTimeoutMs,
      engines: names.map((name) => ({
        ...bestOf(rounds.get(name) ?? [], files),
        quality: meanQuality(judge(files, options.folder, truths, found.get(name) ?? [])),
      })),
      unavailable,
      thinner: findThinner(
        files.map((file) => nameOf(options.folder, file)),
        found,
      ),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** All PDFs below the folder, in order of their paths. */
export function listDocuments(folder: string): string[] {
  return [...new Glob("**/*.{pdf,PDF}").scanSync({ cwd: folder, absolute: true })].sort();
}

async function runRounds(
  names: readonly EngineName[],
  options: ExtractOptions,
  run: (engine: EngineName, isFirst: boolean) => Promise<EngineRun>,
): Promise<Map<EngineName, EngineRun[]>> {
  const rounds = new Map<EngineName, EngineRun[]>();
  for (let round = 0; round < options.repeat; round += 1) {
    const first = round % Math.max(1, names.length);
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      // The text is the same in every round.
      const result = await run(name, round === 0);
      rounds.set(name, [...(rounds.get(name) ?? []), result]);
      const { pagesPerCpuSecond, failed } = summarise(result, []);
      process.stderr.write(
        `${round + 1}/${options.repeat} ${name}: ${pagesPerCpuSecond.toFixed(0)} pages/CPU-s, ${failed} failed\n`,
      );
    }
  }
  return rounds;
}

function bestOf(runs: readonly EngineRun[], files: readonly string[]): EngineFigures & { rounds: number[] } {
  const figures = runs.map((run) => summarise(run, files));
  const best = figures.reduce((left, right) => (right.pagesPerCpuSecond > left.pagesPerCpuSecond ? right : left));
  return { ...best, rounds: figures.map((round) => round.pagesPerCpuSecond) };
}

function judge(
  files: readonly string[],
  folder: string,
  truths: readonly (string | null)[],
  texts: readonly string[],
): DocumentQuality[] {
  return files.flatMap((file, index) => {
    const truth = truths[index];
    if (truth === null || truth === undefined) return [];
    return [{ document: nameOf(folder, file), ...textQuality(truth, texts[index] ?? "") }];
  });
}

function readTruth({ truthFolder, folder }: ExtractOptions, file: string): string | null {
  const path = join(truthFolder ?? folder, `${nameOf(folder, file)}.txt`);
  return existsSync(path) ? readText(path) : null;
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/** The path below the folder, without its ending. */
function nameOf(folder: string, file: string): string {
  return relative(folder, file).replace(/\.pdf$/i, "");
}
