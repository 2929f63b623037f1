/**
 * `extract FILE`: what one file holds on stdout, without a server or a database. It reads in its own process, which is
 * all the isolation one file needs. Exit codes: 0, 1 the document failed, 2 wrong use, 3 the engine does not load.
 */
import { AppError, ERROR_RULES, type ErrorCode } from "@sluice/contracts";
import { displayUri } from "@sluice/contracts/file-uri";
import type { ExtractedDocument } from "@sluice/native";
import { oncePasswords } from "./config.ts";
import { documentCode } from "./extractors/document-code.ts";
import { loadExtractor } from "./extractors/load-extractor.ts";
import { argumentBytes, onceArguments, type OnceFormat, STDIN } from "./once/once-arguments.ts";
import { onceInfo } from "./once/once-info.ts";
import { onceNotes } from "./once/once-notes.ts";
import { onceReport, onceText } from "./once/once-report.ts";
import { writeStdout } from "./once/write-stdout.ts";
import { FileRoots } from "@sluice/sources/files";
import { FileSource } from "./sources/file-source.ts";
import { readStdin } from "./sources/read-stdin.ts";

const MAX_DOCUMENT_BYTES = 2 ** 31;

// Asked before the arguments are known to be right: an error about them is told in the form that was asked for.
const asJson = process.argv.some((argument, index) =>
  argument === "--format" ? process.argv[index + 1] === "json" : ["--json", "--format=json"].includes(argument),
);
try {
  await extractOnce();
} catch (error) {
  const known = error instanceof AppError ? error : new AppError("INTERNAL", String(error), { cause: error });
  report(known.code, known.message);
}

async function extractOnce(): Promise<void> {
  const { uri, pages, format } = onceArguments(argumentBytes(process.argv), Buffer.from(process.cwd()));
  const source =
    uri === STDIN
      ? await readStdin(MAX_DOCUMENT_BYTES)
      : new FileSource(new FileRoots(["/"])).read(uri, MAX_DOCUMENT_BYTES);
  if (!source.ok) return report(source.code, source.message, uri);
  const extractor = await loadExtractor(null).catch((error: unknown) => {
    throw new AppError("ADDON_MISSING", error instanceof Error ? error.message : String(error), { cause: error });
  });
  const result = extractor.extract(source.bytes, {
    ...(pages === null ? {} : { pages }),
    structure: format === "json" || format === "info",
    markdown: format === "markdown",
    passwords: oncePasswords(),
  });
  if (!result.ok) {
    const { code, message } = result.error;
    return report(code === "PAGE_OUT_OF_RANGE" ? "USAGE" : documentCode(code), message, uri);
  }
  if (format === "json") {
    writeStdout(`${JSON.stringify(onceReport(uri, source, result.document))}\n`);
    return;
  }
  if (format !== "info") {
    for (const note of onceNotes(result.document)) process.stderr.write(`${nameOf(uri)}: ${note}\n`);
  }
  writeStdout(written(result.document, format));
}

function written(document: ExtractedDocument, format: Exclude<OnceFormat, "json">): Uint8Array | string {
  if (format === "info") return onceInfo(document);
  return document.markdown ?? onceText(document);
}

function report(code: ErrorCode, message: string, uri?: string): never {
  const { advice, scope } = ERROR_RULES[code];
  const exit = scope === "document" ? 1 : scope === "request" ? 2 : 3;
  const of = uri === undefined ? {} : { uri };
  // The shape in which every command reports an error under --json.
  if (asJson) writeStdout(`${JSON.stringify({ ...of, error: { code, message, advice }, exit })}\n`);
  else process.stderr.write(`${code}  ${uri === undefined ? "" : `${nameOf(uri)}: `}${message}\n  ${advice}\n`);
  process.exit(exit);
}

function nameOf(uri: string): string {
  return uri === STDIN ? "stdin" : displayUri(uri);
}
