import { Argument, Command, Option } from "@commander-js/extra-typings";
import {
  classifierOption,
  forceOption,
  limitOption,
  maxConcurrentOption,
  memoryOption,
  minConfidenceOption,
  noDeduplicateOption,
  noNearDuplicatesOption,
  priorityOption,
  storeOption,
  modelOption,
  taxonomyOption,
  timeoutOption,
} from "./batch-options.ts";
import { oneOf, pageRange, wholeNumber } from "./parse-values.ts";
import { passwordFileOption, passwordOption } from "./password-options.ts";
import { dataDirOption, databaseUrlOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import {
  archivesOption,
  excludeOption,
  fromFileOption,
  includeOption,
  maxSizeOption,
  minSizeOption,
} from "./source-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const classifySyntax = () =>
  new Command("classify")
    .summary("read documents, classify them and store everything")
    .description(
      "Reads every file below the paths, classifies it by its text and stores text, verdicts and labels in PostgreSQL.\n" +
        "Run it again at any time: what is done and has not changed is skipped.",
    )
    .addArgument(new Argument("[path...]", "files and folders; or s3://bucket/prefix, https://host/file"))
    .addOption(fromFileOption())
    .addOption(includeOption())
    .addOption(excludeOption())
    .addOption(minSizeOption())
    .addOption(maxSizeOption())
    .addOption(archivesOption())
    .addOption(
      new Option("-w, --workers <n>", "extractors at a time (default: cores)").argParser(wholeNumber(1, 1_024)),
    )
    .addOption(classifierOption())
    .addOption(taxonomyOption())
    .addOption(modelOption())
    .addOption(minConfidenceOption())
    .addOption(
      new Option("--explain", "say of each document what decided, what came second, and how near the mark it was"),
    )
    .addOption(new Option("--export <file>", "write a line for each file when done; - for stdout"))
    .addOption(
      new Option("--format <format>", "jsonl, csv or parquet (default: by the name of --export)").argParser(
        oneOf(["jsonl", "csv", "parquet"]),
      ),
    )
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addOption(forceOption())
    .addOption(noDeduplicateOption())
    .addOption(noNearDuplicatesOption())
    .addOption(storeOption())
    .addOption(limitOption())
    .addOption(priorityOption())
    .addOption(maxConcurrentOption())
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(passwordOption())
    .addOption(passwordFileOption())
    .addOption(jsonOption())
    .addOption(new Option("-q, --quiet", "no progress"))
    .addHelpText(
      "after",
      examples([
        ["sluice classify ~/Documents", "everything on this machine, with what it has"],
        ["sluice classify inbox archive -w 8 --export out.csv", "eight at a time, and a table at the end"],
        ["sluice classify inbox --taxonomy mine.yaml", "categories of your own"],
        ["sluice classify inbox --include '*.pdf' --max-size 50MB", "some of it; archives are looked into"],
        ["find . -newer mark | sluice classify --from-file -", "what a list names"],
        ["sluice classify s3://papers/2024/ --server URL", "what the server lists itself"],
        ["sluice classify /srv/share --server URL --token T", "on a running fleet"],
      ]),
    );
export type ClassifyFlags = ReturnType<ReturnType<typeof classifySyntax>["opts"]>;

export function classifyCommand(run: RunCommand) {
  return classifySyntax().action((paths, flags) =>
    run(flags, async (context) => (await import("../commands/classify.ts")).classify(paths, flags, context)),
  );
}

const extractSyntax = () =>
  new Command("extract")
    .summary("print the text of files")
    .description(
      "Prints the text of files on stdout, pages set apart by form feeds. Stores nothing.\n" +
        "As JSON it has metadata, outline, page labels, verdicts with their reasons, and blocks, lines and words with " +
        "boxes in points: an object a file, on a line of its own. What the text does not tell goes to stderr: pages that " +
        "need OCR, and repairs.",
    )
    .addArgument(new Argument("<file...>", "the files to read; - for stdin"))
    .addOption(new Option("--pages <range>", "some pages only, such as 3, 3-5 or 3-").argParser(pageRange))
    .addOption(
      new Option(
        "--format <format>",
        "text, markdown, json, or info: metadata, outline and a line a page (default: text; --json is --format json)",
      ).argParser(oneOf(["text", "markdown", "json", "info"])),
    )
    .addOption(passwordOption())
    .addOption(passwordFileOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples([
        ["sluice extract report.pdf | less", "read it"],
        ["sluice extract report.pdf --pages 3-5", "three of its pages"],
        ["curl -s URL | sluice extract -", "from a pipe"],
        ["sluice extract report.pdf --format info", "what it is, and what each page holds"],
        ["sluice extract report.pdf --format markdown", "with headings, lists and tables"],
        ["sluice extract report.pdf --json | jq .metadata", "everything, for programs"],
      ]),
    );
export type ExtractFlags = ReturnType<ReturnType<typeof extractSyntax>["opts"]>;

export function extractCommand(run: RunCommand) {
  return extractSyntax().action((files, flags) =>
    run(flags, async (context) => (await import("../commands/extract.ts")).extract(files, flags, context)),
  );
}

const demoSyntax = () =>
  new Command("demo")
    .summary("classify the sample documents and show what comes out")
    .addOption(dataDirOption())
    .addOption(jsonOption());
export type DemoFlags = ReturnType<ReturnType<typeof demoSyntax>["opts"]>;

export function demoCommand(run: RunCommand) {
  return demoSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/demo.ts")).demo(flags, context)),
  );
}
