/**
 * The process one engine runs in. Line protocol, the same for engines in other languages: `{index, path, textPath?,
 * timeoutMs}` a line on stdin, `{index, pages, cpuMs, wallMs, peakRssBytes, error?}` a line on stdout; first a line with
 * the version. CPU time is user + system of this process around the extraction alone: reading the file and writing the
 * text are not in it.
 */
import { peakRssOf } from "../metrics/peak-rss.ts";
import { DocumentReader } from "./document-reader.ts";
import { type DocumentInput, ENGINES, type Engine, type ExtractedText, isEngineName } from "./engine.ts";
import { writePages } from "./write-pages.ts";

const [name = ""] = process.argv.slice(2);
const descriptor = isEngineName(name) ? ENGINES[name] : undefined;
if (descriptor === undefined || descriptor.kind === "python") throw new Error(`No such engine to run on Bun: ${name}`);
// Some engines talk while they work, and stdout is the protocol's.
console.log = console.info = console.warn = console.error;
const reader = new DocumentReader();
const engine: Engine = await descriptor.load();
write({ ready: true, version: engine.version });

for await (const line of console) {
  const request = JSON.parse(line) as { index: number; path: string; textPath?: string; timeoutMs: number };
  const bytes = reader.read(request.path);
  const { extracted, ...measured } = await measure({ bytes, path: request.path, timeoutMs: request.timeoutMs });
  if (request.textPath !== undefined) writePages(request.textPath, extracted);
  write({ index: request.index, ...measured });
}

async function measure(input: DocumentInput) {
  const startedCpu = process.cpuUsage();
  const started = performance.now();
  let extracted: ExtractedText = { pages: 0, text: "" };
  let error: string | undefined;
  try {
    extracted = await engine.extract(input);
  } catch (caught) {
    error = caught instanceof Error ? caught.message || caught.name : String(caught);
  }
  const wallMs = performance.now() - started;
  const cpu = process.cpuUsage(startedCpu);
  const cost = extracted.cost ?? { cpuMs: (cpu.user + cpu.system) / 1000, peakRssBytes: peakRss() };
  return {
    extracted,
    pages: extracted.pages,
    wallMs,
    ...cost,
    ...(error === undefined ? {} : { error }),
  };
}

function peakRss(): number {
  return peakRssOf("self") || process.resourceUsage().maxRSS * 1024;
}

function write(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
