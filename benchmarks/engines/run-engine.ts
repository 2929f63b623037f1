/**
 * The process one engine runs in. Line protocol, the same for engines in other languages: `{index, path}` a line on
 * stdin, `{index, pages, cpuMs, wallMs, peakRssBytes, error?}` a line on stdout; first a line with the version. CPU time
 * is user + system of this process around the extraction alone: reading the file and writing the text are not in it.
 */
import { join } from "node:path";
import { ENGINES, type Engine, isEngineName } from "./engine.ts";

const [name = "", outputFolder = ""] = process.argv.slice(2);
const descriptor = isEngineName(name) ? ENGINES[name] : undefined;
if (descriptor?.kind !== "bun") throw new Error(`No such engine to run on Bun: ${name}`);
const engine: Engine = await descriptor.load();
write({ ready: true, version: engine.version });

for await (const line of console) {
  const { index, path } = JSON.parse(line) as { index: number; path: string };
  const bytes = await Bun.file(path).bytes();
  const startedCpu = process.cpuUsage();
  const started = performance.now();
  let pages = 0;
  let text: string | Uint8Array = "";
  let error: string | undefined;
  try {
    const extracted = await engine.extract(bytes);
    pages = extracted.pages;
    text = extracted.text;
  } catch (caught) {
    error = caught instanceof Error ? caught.message : String(caught);
  }
  const wallMs = performance.now() - started;
  const cpu = process.cpuUsage(startedCpu);
  if (outputFolder !== "") await Bun.write(join(outputFolder, `${index}.txt`), text);
  write({
    index,
    pages,
    wallMs,
    cpuMs: (cpu.user + cpu.system) / 1000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    ...(error === undefined ? {} : { error }),
  });
}

function write(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
