import { Argument, Command, Option } from "@commander-js/extra-typings";
import { wholeNumber } from "./parse-values.ts";
import { dataDirOption, databaseUrlOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const searchSyntax = () =>
  new Command("search")
    .summary("find pages by their words")
    .description(
      'All of the words, by their stems and without accents; "in this order", this OR that, -not this. What is being\n' +
        "processed is searchable when its batch has ended.",
    )
    .addArgument(new Argument("<words...>", "what to look for; after --, a word may begin with -"))
    .addOption(new Option("--batch <batch>", "in this batch only: an id, the start of one, or `latest`"))
    .addOption(new Option("--category <category>", "in documents with this label only"))
    .addOption(new Option("--language <code>", "in documents of this language only: en, de, fr, …"))
    .addOption(new Option("--limit <n>", "pages shown (default: 10)").argParser(wholeNumber(1, 1_000)))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type SearchFlags = ReturnType<ReturnType<typeof searchSyntax>["opts"]>;

export function searchCommand(run: RunCommand) {
  return searchSyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice search total due", "pages with both words"],
        ["sluice search '\"total due\" OR balance' --category invoice", "a phrase or a word, in invoices"],
        ["sluice search confidential --batch latest --json | jq -r '.hits[].items[].path'", "files to look at"],
      ]),
    )
    .action((words, flags) =>
      run(flags, async (context) => (await import("../commands/search.ts")).search(words, flags, context)),
    );
}
