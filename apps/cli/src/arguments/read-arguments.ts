/** Commands that read what has been stored. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import { oneOf, wholeNumber } from "./parse-values.ts";
import {
  batchArgument,
  dataDirOption,
  databaseUrlOption,
  jsonOption,
  serverOption,
  tokenOption,
} from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const resultsSyntax = () =>
  new Command("results")
    .summary("print or save what became of a batch, and its text")
    .description(
      "A row for each item, or with --by-page for each page. As text or markdown it is the stored text of each document, pages set\n" +
        "apart by form feeds or headings; structure (headings, lists, tables) needs the file: `extract FILE --format markdown`.",
    )
    .addArgument(batchArgument())
    .addOption(
      new Option(
        "--format <format>",
        "jsonl, csv or parquet (default: by the name of --export, or jsonl); text or markdown: a file a document",
      ).argParser(oneOf(["jsonl", "csv", "parquet", "text", "markdown"])),
    )
    .addOption(new Option("--export <file>", "write to a file instead of stdout, or into a folder"))
    .addOption(new Option("--by-page", "a row for each page, with its text, instead of one for each item"))
    .addOption(
      new Option("--state <state>", "only items in this state").argParser(
        oneOf(["pending", "succeeded", "partial", "duplicate", "unchanged", "failed", "cancelled"]),
      ),
    )
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText(
      "after",
      examples([
        ["sluice results latest --export results.csv", "a table for a spreadsheet"],
        ["sluice results latest --by-page --export pages.parquet", "every page with its text, for DuckDB or pandas"],
        ["sluice results latest --format text --export texts/", "the text of each document in a file of its own"],
        ["sluice results latest | jq -r 'select(.needsOcr).path'", "files that need OCR"],
      ]),
    );
export type ResultsFlags = ReturnType<ReturnType<typeof resultsSyntax>["opts"]>;

export function resultsCommand(run: RunCommand) {
  return resultsSyntax().action((batch, flags) =>
    run({}, async (context) => (await import("../commands/results.ts")).results(batch, flags, context)),
  );
}

const failuresSyntax = () =>
  new Command("failures")
    .summary("show failed items with their causes and next steps")
    .addArgument(batchArgument())
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText("after", examples([["sluice failures latest", "what failed in the last batch, and what to do"]]));
export type FailuresFlags = ReturnType<ReturnType<typeof failuresSyntax>["opts"]>;

export function failuresCommand(run: RunCommand) {
  return failuresSyntax().action((batch, flags) =>
    run(flags, async (context) => (await import("../commands/failures.ts")).failures(batch, flags, context)),
  );
}

const auditSyntax = () =>
  new Command("audit")
    .summary("prove that every item of a batch is accounted for")
    .description(
      "Checks a batch against the rows behind it and names every gap. Ends with 1 unless all of it is balanced.",
    )
    .addArgument(batchArgument())
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText("after", examples([["sluice audit latest && echo balanced", "in a script"]]));
export type AuditFlags = ReturnType<ReturnType<typeof auditSyntax>["opts"]>;

export function auditCommand(run: RunCommand) {
  return auditSyntax().action((batch, flags) =>
    run(flags, async (context) => (await import("../commands/audit.ts")).audit(batch, flags, context)),
  );
}

const batchesSyntax = () =>
  new Command("batches")
    .summary("list batches, the latest first")
    .addOption(new Option("--watch", "show them while they move, until Ctrl-C"))
    .addOption(new Option("--name <text>", "only those whose name has this in it"))
    .addOption(
      new Option("--state <state>", "only those in this state").argParser(
        oneOf(["open", "sealed", "done", "cancelled"]),
      ),
    )
    .addOption(new Option("--limit <n>", "how many (default: 20)").argParser(wholeNumber(1, 1_000)))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText(
      "after",
      examples([
        ["sluice batches --limit 5", "the last five"],
        ["sluice batches --watch", "all of them at work, as top(1) shows processes"],
      ]),
    );
export type BatchesFlags = ReturnType<ReturnType<typeof batchesSyntax>["opts"]>;

export function batchesCommand(run: RunCommand) {
  return batchesSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/batches.ts")).batches(flags, context)),
  );
}

const textSyntax = () =>
  new Command("text")
    .summary("print the stored text of an item")
    .description(
      "Pages are set apart by form feeds, as `extract` prints them. Needs no file: it is read from the database.",
    )
    .addArgument(new Argument("<item>", "BATCH/ITEM: a batch as elsewhere, and the item's number"))
    .addOption(new Option("--page <n>", "one page only").argParser(wholeNumber(1, 2_147_483_647)))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText("after", examples([["sluice text latest/17 --page 2", "what the database has of that page"]]));
export type TextFlags = ReturnType<ReturnType<typeof textSyntax>["opts"]>;

export function textCommand(run: RunCommand) {
  return textSyntax().action((item, flags) =>
    run(flags, async (context) => (await import("../commands/text.ts")).text(item, flags, context)),
  );
}

const compareSyntax = () =>
  new Command("compare")
    .summary("show what differs between two batches of the same sources")
    .description(
      "Matches items by their URIs. Ends with 1 when something differs. With --labels only what both have judged is compared:\n" +
        "how many of each label became which, and the documents whose label changed.",
    )
    .addArgument(new Argument("<left>", "id of a batch, the start of one, or `latest`"))
    .addArgument(new Argument("<right>", "the other one"))
    .addOption(
      new Option("--limit <n>", "show so many differences (default: 50; all with --json)").argParser(
        wholeNumber(0, 1_000_000),
      ),
    )
    .addOption(new Option("--labels", "only labels: what became what"))
    .addOption(new Option("--from <category>", "with --labels: only documents that had this label"))
    .addOption(new Option("--to <category>", "with --labels: only documents that have this label now"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText(
      "after",
      examples([
        ["sluice compare 0197a0 latest", "before and after an upgrade of the engine"],
        ["sluice compare 0197a0 latest --labels --from invoice", "what invoices are taken for now"],
      ]),
    );
export type CompareFlags = ReturnType<ReturnType<typeof compareSyntax>["opts"]>;

export function compareCommand(run: RunCommand) {
  return compareSyntax().action((left, right, flags) =>
    run(flags, async (context) => (await import("../commands/compare.ts")).compare(left, right, flags, context)),
  );
}

const queuesSyntax = () =>
  new Command("queues")
    .summary("show what waits for workers, and what each of them has in hand")
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText(
      "after",
      examples([["sluice queues --server URL --token T", "which worker reads what, and since when"]]),
    );
export type QueuesFlags = ReturnType<ReturnType<typeof queuesSyntax>["opts"]>;

export function queuesCommand(run: RunCommand) {
  return queuesSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/queues.ts")).queues(flags, context)),
  );
}

const workersSyntax = () =>
  new Command("workers")
    .summary("list workers with their slots")
    .addOption(new Option("--all", "those that have gone as well"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText("after", examples([["sluice workers --server URL --token T", "who reads, and how busy they are"]]));
export type WorkersFlags = ReturnType<ReturnType<typeof workersSyntax>["opts"]>;

export function workersCommand(run: RunCommand) {
  return workersSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/workers.ts")).workers(flags, context)),
  );
}

const statusSyntax = () =>
  new Command("status")
    .summary("show how a batch stands and which workers there are")
    .addArgument(new Argument("[batch]", "id of a batch, the start of one, or `latest`").default("latest"))
    .addOption(new Option("--watch", "follow it to its end"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText("after", examples([["sluice status --watch", "from another terminal, while `classify` runs"]]));
export type StatusFlags = ReturnType<ReturnType<typeof statusSyntax>["opts"]>;

export function statusCommand(run: RunCommand) {
  return statusSyntax().action((batch, flags) =>
    run(flags, async (context) => (await import("../commands/status.ts")).status(batch, flags, context)),
  );
}
