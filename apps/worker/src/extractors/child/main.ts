/**
 * An extractor child: one process that reads one document at a time and answers each request line on stdin with one
 * frame on descriptor 3. It is expected to die: everything it does for a document can be repeated in another one.
 */
import { writeSync } from "node:fs";
import { RemoteSources } from "@sluice/sources/remote";
import { loadBuiltInRules } from "../../classifiers/rules/load-built-in-rules.ts";
import type { RulesClassifier } from "../../classifiers/rules/rules-classifier.ts";
import { FileRoots } from "@sluice/sources/files";
import { FileSource } from "../../sources/file-source.ts";
import { SourceReader } from "../../sources/source-reader.ts";
import type { ChildArguments, ChildRequest, ConfigureRequest, ItemRequest, ReadyPayload } from "../child-request.ts";
import type { Extractor } from "../extractor.ts";
import { FRAME_HEADER_BYTES, FRAME_ITEM, FRAME_READY, type FrameHeader, writeFrameHeader } from "../frame.ts";
import { loadExtractor } from "../load-extractor.ts";
import { CpuTime } from "./cpu-time.ts";
import { writeFailed } from "./item-line.ts";
import { LineTooLarge, LineWriter } from "./line-writer.ts";
import { ProcessGuard } from "./process-guard.ts";
import { type ItemReader, readItem } from "./read-item.ts";
import { requestLines } from "./request-lines.ts";

const STDIN = 0;
const FRAMES = 3;
const READY_BYTES = 64 << 10;

const guard = new ProcessGuard();
const writer = new LineWriter(FRAME_HEADER_BYTES);

const cpuTime = new CpuTime();

let builtInRules: RulesClassifier | null = null;

const childArguments = JSON.parse(process.argv[2] ?? "{}") as ChildArguments;
guard.dieWithParent(childArguments.parentPid);
guard.goFirst();
const extractor = await announced(childArguments.extractor);
const source = new SourceReader(new FileSource(new FileRoots(childArguments.fileRoots)));
let reader: ItemReader | null = null;
let frameBytes = READY_BYTES;
for (const line of requestLines(STDIN)) {
  const request = JSON.parse(line) as ChildRequest;
  if (request.op === "configure") {
    reader = await configured(request);
    // What it takes to get ready is no document's.
    cpuTime.sinceLast();
    frameBytes = request.maxFrameBytes;
  } else if (request.op === "sources") {
    source.reach(new RemoteSources(request.remote), request.coordinators);
  } else if (request.op === "ping") {
    sendReady({ ok: true, engineVersion: extractor.engineVersion });
  } else if (reader !== null) {
    await answer(reader, request);
  }
  // Finalizers of native buffers run between turns of the event loop, and nowhere else.
  await new Promise((resolve) => setImmediate(resolve));
  // What a huge document leaves lies outside of the heap, where it does not make the collector come: for the next thousand
  // documents this process would be twice its size.
  if ([source.trim(), writer.trim()].includes(true)) Bun.gc(true);
}
process.exit(0);

async function announced(path: string | null): Promise<Extractor> {
  try {
    const loaded = await loadExtractor(path);
    // Loaded before the first document, so that an installation at fault does not start, instead of failing documents.
    builtInRules = loadBuiltInRules();
    sendReady({ ok: true, engineVersion: loaded.engineVersion });
    return loaded;
  } catch (error) {
    sendReady({ ok: false, message: error instanceof Error ? error.message : String(error) });
    return process.exit(1);
  }
}

async function configured(request: ConfigureRequest): Promise<ItemReader> {
  guard.limitMemory(request.extract.documentMemoryMb * (1 << 20));
  return { extractor, source, settings: request, classifier: await loadClassifier(request) };
}

async function loadClassifier({ classify, modelFile }: ConfigureRequest): Promise<ItemReader["classifier"]> {
  if (classify === null) return null;
  if (classify.classifier === "model") {
    if (modelFile === undefined) return null;
    return (await import("../../classifiers/model/load-model-classifier.ts")).loadModelClassifier(modelFile);
  }
  if (classify.taxonomy === null) return builtInRules;
  return (await import("../../classifiers/rules/compile-rules.ts")).compileRules(classify.taxonomy);
}

async function answer(itemReader: ItemReader, request: ItemRequest): Promise<void> {
  const started = performance.now();
  let cpuMicros = 0;
  // Asked once a document: what comes after is charged to the next one.
  const cpuMs = () => {
    cpuMicros = cpuTime.sinceLast();
    return cpuMicros / 1_000;
  };
  writer.begin(frameBytes);
  let trusted = true;
  try {
    trusted = await readItem(itemReader, request, writer, cpuMs);
  } catch (error) {
    if (!(error instanceof LineTooLarge)) throw error;
    writer.begin(frameBytes);
    const message = `Its result is larger than ${frameBytes} bytes, which maxTextBytes of this batch sets.`;
    writeFailed(writer, request.ordinal, { code: "LIMIT_EXCEEDED", message }, cpuMicros / 1_000);
  }
  const elapsedMicros = Math.round((performance.now() - started) * 1_000);
  send({ kind: FRAME_ITEM, retire: !trusted, ordinal: request.ordinal, cpuMicros, elapsedMicros });
  // What else was sent here is sent again, to a process that has nothing wrong with it.
  if (!trusted) process.exit(0);
}

function sendReady(payload: ReadyPayload): void {
  writer.begin(READY_BYTES);
  writer.json(JSON.stringify(payload));
  send({ kind: FRAME_READY, retire: false, ordinal: 0, cpuMicros: 0, elapsedMicros: 0 });
}

function send(header: Omit<FrameHeader, "length">): void {
  const frame = writer.finish();
  writeFrameHeader(frame, { ...header, length: writer.length });
  for (let written = 0; written < frame.length;) {
    written += writeSync(FRAMES, frame, written, frame.length - written);
  }
}
