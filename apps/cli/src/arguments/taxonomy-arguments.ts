/** Commands that look at the files of categories. They need no server. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import { jsonOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const checkSyntax = () =>
  new Command("check")
    .summary("say what is wrong with a taxonomy file, with each line")
    .description("Ends with 2 when something is.")
    .addArgument(new Argument("<file>", "YAML or JSON"))
    .addOption(jsonOption());
export type TaxonomyCheckFlags = ReturnType<ReturnType<typeof checkSyntax>["opts"]>;

const showSyntax = () =>
  new Command("show")
    .summary("show the categories of a taxonomy file, or the built-in ones")
    .addArgument(new Argument("[file]", "YAML or JSON (default: the built-in taxonomy of business documents)"))
    .addOption(new Option("--yaml", "the whole of it, as a file to start one's own from"))
    .addOption(jsonOption());
export type TaxonomyShowFlags = ReturnType<ReturnType<typeof showSyntax>["opts"]>;

const schemaSyntax = () =>
  new Command("schema")
    .summary("print the JSON Schema of taxonomy files, for editors")
    .description("An editor that has it completes keys and marks faults while the file is written.");

export function taxonomyCommand(run: RunCommand) {
  const load = async () => await import("../commands/taxonomy.ts");
  return new Command("taxonomy")
    .summary("check and show the categories that documents are judged by")
    .addCommand(
      checkSyntax().action((file, flags) =>
        run(flags, async (context) => (await load()).checkTaxonomy(file, flags, context)),
      ),
    )
    .addCommand(
      showSyntax().action((file, flags) =>
        run(flags, async (context) => (await load()).showTaxonomy(file, flags, context)),
      ),
    )
    .addCommand(schemaSyntax().action((flags) => run(flags, async () => (await load()).printTaxonomySchema())))
    .addHelpText(
      "after",
      examples([
        ["sluice taxonomy show --yaml > mine.yaml", "a file to start from"],
        ["sluice taxonomy check mine.yaml", "before a batch is judged by it"],
        ["sluice classify ~/Documents --taxonomy mine.yaml", "and then"],
      ]),
    );
}
