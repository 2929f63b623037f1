/** What the benchmark needs of an extractor: load once, then bytes in, text by page out. */
export interface Engine {
  version: string;
  /** Throws for a document that the engine cannot read: the suite counts it as a failure. */
  extract(input: DocumentInput): Promise<ExtractedText> | ExtractedText;
}

export interface DocumentInput {
  bytes: Uint8Array;
  /** Where the same bytes lie, for an engine that is a program of its own. */
  path: string;
  timeoutMs: number;
}

export interface ExtractedText {
  pages: number;
  /** All pages, separated by form feeds; or, with offsets, one after the other in UTF-8. */
  text: string | Uint8Array;
  pageOffsets?: Uint32Array;
  /** What a program of its own used; without it, the cost is what this process used. */
  cost?: { cpuMs: number; peakRssBytes: number };
}

/**
 * One engine a file, loaded only when it is asked for. `peer` engines are packages that only the benchmark installs,
 * `program` is looked for on the machine, `python` runs in an interpreter of its own.
 */
export const ENGINES = {
  native: { kind: "own", load: async () => (await import("./native.ts")).native() },
  pdfjs: { kind: "peer", load: async () => (await import("./peers/pdfjs.ts")).pdfjs() },
  unpdf: { kind: "peer", load: async () => (await import("./peers/unpdf.ts")).unpdf() },
  "pdf-parse": { kind: "peer", load: async () => (await import("./peers/pdf-parse.ts")).pdfParse() },
  "pdfium-wasm": { kind: "peer", load: async () => (await import("./peers/pdfium-wasm.ts")).pdfiumWasm() },
  liteparse: { kind: "peer", load: async () => (await import("./peers/liteparse.ts")).liteparse() },
  pdftotext: {
    kind: "program",
    program: "pdftotext",
    install: "apt install poppler-utils",
    load: async () => (await import("./pdftotext.ts")).pdftotext(),
  },
  pypdfium2: { kind: "python", module: "pypdfium2", version: "5.15.2", script: "pypdfium2_engine.py" },
} as const satisfies Record<string, BunEngine | PythonEngine>;

type BunEngine = { load: () => Promise<Engine> } & (
  | { kind: "own" | "peer" }
  | { kind: "program"; program: string; install: string }
);

interface PythonEngine {
  kind: "python";
  module: string;
  version: string;
  script: string;
}

export type EngineName = keyof typeof ENGINES;

export function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name);
}
