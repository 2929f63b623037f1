/**
 * `extract FILE`: the text of one file on stdout, without a server or a database. It reads in its own process, which is
 * all the isolation one file needs. Exit codes: 0, 1 the document failed, 2 wrong use, 3 the engine does not load.
 */
import { AppError, ERROR_RULES, type ErrorCode } from "@sluice/contracts";
import { oncePasswords } from "./config.ts";
import { loadExtractor } from "./extractors/load-extractor.ts";
import { documentCode } from "./extractors/document-code.ts";
import { argumentBytes, onceArguments } from "./once/once-arguments.ts";
import { onceNotes, onceReport, onceText } from "./once/once-report.ts";
import { FileRoots } from "./sources/file-roots.ts";
import { FileSource } from "./sources/file-source.ts";

const MAX_DOCUMENT_BYTES = 2 ** 31;

// Asked before the arguments are known to be right: an error about them is told in the form that was asked for.
const asJson = process.argv.some((argument, index) =>
  argument === "--format" ? process.argv[index + 1] === "json" : ["--json", "--format=json"].includes(argument),
);
try {
  await extractOnce();
} catch (error) {
  if (isBrokenPipe(error)) process.exit(0);
  const known = error instanceof AppError ? error : new AppError("INTERNAL", String(error), { cause: error });
  report(known.code, known.message);
}

async function extractOnce(): Promise<void> {
  const { uri, pages, format } = onceArguments(argumentBytes(process.argv), Buffer.from(process.cwd()));
  const source = new FileSource(new FileRoots(["/"])).read(uri, MAX_DOCUMENT_BYTES);
  if (!source.ok) return report(source.code, source.message);
  const extractor = await loadExtractor(null).catch((error: unknown) => {
    throw new AppError("ADDON_MISSING", error instanceof Error ? error.message : String(error), { cause: error });
  });
  const result = extractor.extract(source.bytes, {
    ...(pages === null ? {} : { pages }),
    structure: format === "json",
    markdown: format === "markdown",
    passwords: oncePasswords(),
  });
  if (!result.ok) {
    const { code, message } = result.error;
    return code === "PAGE_OUT_OF_RANGE" ? report("USAGE", message) : report(documentCode(code), message);
  }
  if (format === "json") {
    await Bun.write(Bun.stdout, `${JSON.stringify(onceReport(uri, source, result.document))}\n`);
    return;
  }
  for (const note of onceNotes(result.document)) process.stderr.write(`${note}\n`);
  await Bun.write(Bun.stdout, result.document.markdown ?? onceText(result.document));
}

function report(code: ErrorCode, message: string): never {
  const { advice, scope } = ERROR_RULES[code];
  const exit = scope === "document" ? 1 : scope === "request" ? 2 : 3;
  // The shape in which every command reports an error under --json.
  if (asJson) process.stdout.write(`${JSON.stringify({ error: { code, message, advice }, exit })}\n`);
  else process.stderr.write(`${code}  ${message}\n  ${advice}\n`);
  process.exit(exit);
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
