/** What the benchmark needs of an extractor: load once, then bytes in, text by page out. */
export interface Engine {
  name: string;
  version: string;
  /** Throws for a document that the engine cannot read: the suite counts it as a failure. */
  extract(bytes: Uint8Array): Promise<ExtractedText> | ExtractedText;
}

export interface ExtractedText {
  pages: number;
  /** All pages, separated by form feeds. */
  text: string | Uint8Array;
}

/** One engine a file, loaded only when it is asked for. `python` engines run in an interpreter of their own. */
export const ENGINES = {
  native: { kind: "bun", load: async () => (await import("./native.ts")).native() },
  pdfjs: { kind: "bun", load: async () => (await import("./pdfjs.ts")).pdfjs() },
  unpdf: { kind: "bun", load: async () => (await import("./unpdf.ts")).unpdf() },
  "pdfium-wasm": { kind: "bun", load: async () => (await import("./pdfium-wasm.ts")).pdfiumWasm() },
  pypdfium2: { kind: "python", module: "pypdfium2", version: "5.15.2", script: "pypdfium2_engine.py" },
} as const satisfies Record<string, BunEngine | PythonEngine>;

interface BunEngine {
  kind: "bun";
  load: () => Promise<Engine>;
}

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
