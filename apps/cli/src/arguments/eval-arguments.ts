import { Argument, Command, Option } from "@commander-js/extra-typings";
import { dataDirOption, databaseUrlOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const evalSyntax = () =>
  new Command("eval")
    .summary("hold a batch's labels against those that documents should have")
    .description(
      "LABELS is a CSV with a header: a column `path` (or `uri`, or `content_hash`) and a column `category` (several as a;b). Paths\n" +
        "may be the end of one. A document without a label counts as wrong; failed ones are not judged.",
    )
    .addArgument(new Argument("<labels>", "file of the labels that documents should have"))
    .addOption(
      new Option("--batch <batch>", "the batch that is judged: an id, the start of one (default: the latest)").default(
        "latest",
        "latest",
      ),
    )
    .addOption(
      new Option(
        "--output-dir <dir>",
        "write report.md, report.json, disagreements.csv, confusion.svg, calibration.svg",
      ),
    )
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type EvalFlags = ReturnType<ReturnType<typeof evalSyntax>["opts"]>;

export function evalCommand(run: RunCommand) {
  return evalSyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice eval labels.csv", "how good the latest batch's labels are"],
        ["sluice eval labels.csv --batch 0197a0 --output-dir report/", "with charts, and every disagreement"],
      ]),
    )
    .action((labels, flags) =>
      run(flags, async (context) => (await import("../commands/eval.ts")).evaluate(labels, flags, context)),
    );
}
