/** Commands about trained models. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import { decimalNumber, wholeNumber } from "./parse-values.ts";
import {
  batchArgument,
  dataDirOption,
  databaseUrlOption,
  jsonOption,
  serverOption,
  tokenOption,
} from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const seedOption = () =>
  new Option("--seed <n>", "what chance follows from: the same labels and seed give the same model")
    .argParser(wholeNumber(0, 4_294_967_295))
    .default(1);

const trainSyntax = () =>
  new Command("train")
    .summary("train a model of labelled documents, to judge others by it")
    .description(
      "Learns from documents that are stored and the labels that they should have: those of a CSV as for `eval`, or with --from-llm\n" +
        "those that an LLM gave. The model is kept on the server; its card says how good it was on documents held out in turn.",
    )
    .addArgument(new Argument("[labels]", "file of the labels that documents should have"))
    .addOption(
      new Option("--batch <batch>", "where the documents of the file are (default: the latest)").default(
        "latest",
        "latest",
      ),
    )
    .addOption(new Option("--from-llm <batch>", "learn from the labels that an LLM gave in this batch"))
    .addOption(
      new Option("--sample <n>", "with --from-llm: from so many of them, of each category in turns").argParser(
        wholeNumber(2, 1_000_000),
      ),
    )
    .addOption(seedOption())
    .addOption(new Option("--name <name>", "what the model is called"))
    .addOption(new Option("--output <file>", "write the model's file too"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type TrainFlags = ReturnType<ReturnType<typeof trainSyntax>["opts"]>;

export function trainCommand(run: RunCommand) {
  return trainSyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice train labels.csv", "of the documents of the latest batch"],
        ["sluice train --from-llm 0197a0 --sample 500", "what an LLM says, without the LLM"],
      ]),
    )
    .action((labels, flags) =>
      run(flags, async (context) => (await import("../commands/train.ts")).train(labels, flags, context)),
    );
}

const modelsSyntax = () =>
  new Command("models")
    .summary("list trained models, the newest first")
    .addOption(new Option("--delete <model>", "delete this one; the labels that it gave stay"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type ModelsFlags = ReturnType<ReturnType<typeof modelsSyntax>["opts"]>;

export function modelsCommand(run: RunCommand) {
  return modelsSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/models.ts")).models(flags, context)),
  );
}

const cascadeSyntax = () =>
  new Command("cascade")
    .summary("label a batch as an LLM would, with a fraction of its calls")
    .description(
      "An LLM labels a sample of a batch that has ended, a model learns from it, and where the model provably agrees with the LLM it\n" +
        "labels the rest; the LLM is asked about what is left. Without a sample that proves it, the LLM labels everything, and that is said.",
    )
    .addArgument(batchArgument())
    .addOption(
      new Option(
        "--agreement <x>",
        "share of the model's labels that are the LLM's, with 95 % confidence (default: 0.97)",
      )
        .argParser(decimalNumber(0.5, 0.999))
        .default(0.97),
    )
    .addOption(seedOption())
    .addOption(
      new Option("-w, --workers <n>", "extractors at a time (default: cores)").argParser(wholeNumber(1, 1_024)),
    )
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type CascadeFlags = ReturnType<ReturnType<typeof cascadeSyntax>["opts"]>;

export function cascadeCommand(run: RunCommand) {
  return cascadeSyntax()
    .addHelpText(
      "after",
      examples([["sluice cascade latest --agreement 0.95", "after `classify`, whose labels say what to sample"]]),
    )
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/cascade.ts")).cascade(batch, flags, context)),
    );
}
