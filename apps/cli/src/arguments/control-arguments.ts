/** Commands that steer what is running, and try again what has failed. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import {
  minConfidenceOption,
  modelOption,
  noNearDuplicatesOption,
  priorityOption,
  taxonomyOption,
} from "./batch-options.ts";
import { decimalNumber, oneOf, wholeNumber } from "./parse-values.ts";
import {
  batchArgument,
  dataDirOption,
  databaseUrlOption,
  jsonOption,
  serverOption,
  tokenOption,
} from "./place-options.ts";
import { passwordFileOption, passwordOption } from "./password-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const timeoutOption = () =>
  new Option("--timeout <seconds>", "time one document may take, from now on").argParser(decimalNumber(0.01, 3_600));
const memoryOption = () =>
  new Option("--memory <MB>", "memory one document may take, from now on").argParser(wholeNumber(64, 65_536));

const controlSyntax = (name: string, summary: string) =>
  new Command(name)
    .summary(summary)
    .addArgument(batchArgument())
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type ControlFlags = ReturnType<ReturnType<typeof controlSyntax>["opts"]>;

export function pauseCommand(run: RunCommand) {
  return controlSyntax("pause", "hand out nothing more of a batch; what is being read ends")
    .addHelpText("after", examples([["sluice pause latest", "for an hour or a month: nothing is lost"]]))
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/pause.ts")).pause(batch, flags, context)),
    );
}

const resumeSyntax = () =>
  controlSyntax("resume", "go on with a batch that is paused, or whose engine is gone").addOption(
    new Option("--build", "read the rest with the engine that workers run now, as another batch"),
  );
export type ResumeFlags = ReturnType<ReturnType<typeof resumeSyntax>["opts"]>;

export function resumeCommand(run: RunCommand) {
  return resumeSyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice resume latest", "end a pause"],
        ["sluice resume latest --build", "after an upgrade: nobody runs the batch's engine any more"],
      ]),
    )
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/resume.ts")).resume(batch, flags, context)),
    );
}

export function cancelCommand(run: RunCommand) {
  return controlSyntax("cancel", "end a batch; what is stored stays").action((batch, flags) =>
    run(flags, async (context) => (await import("../commands/cancel.ts")).cancel(batch, flags, context)),
  );
}

export function priorityCommand(run: RunCommand) {
  return controlSyntax("priority", "let a batch go before or behind others")
    .addArgument(
      new Argument("<level>", "interactive, normal or bulk").argParser(oneOf(["interactive", "normal", "bulk"])),
    )
    .action((batch, level, flags) =>
      run(flags, async (context) => (await import("../commands/priority.ts")).priority(batch, level, flags, context)),
    );
}

const retrySyntax = () =>
  controlSyntax("retry", "read failed items of a batch again")
    .description(
      "Makes items whose extraction failed pending again; what was known of their failures is kept. Without --server it\n" +
        "reads them to the end, unless a cluster that runs does.",
    )
    .addOption(new Option("--failed", "all that failed, which is what is meant anyway"))
    .addOption(new Option("--code <code...>", "only what failed with these codes"))
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(passwordOption())
    .addOption(passwordFileOption())
    .addOption(
      new Option("-w, --workers <n>", "extractors at a time (default: cores)").argParser(wholeNumber(1, 1_024)),
    )
    .addOption(new Option("--wait", "follow a running cluster to the end of the batch"));
export type RetryFlags = ReturnType<ReturnType<typeof retrySyntax>["opts"]>;

export function retryCommand(run: RunCommand) {
  return retrySyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice retry latest --code CHILD_TIMEOUT --timeout 600", "ten minutes for those that took too long"],
        ["sluice retry latest/17", "item 17 alone"],
      ]),
    )
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/retry.ts")).retry(batch, flags, context)),
    );
}

const reclassifySyntax = () =>
  controlSyntax("reclassify", "judge the documents of a batch anew, without reading them again")
    .description(
      "Opens another batch over the documents that a batch has stored, judged by another taxonomy, classifier or mark; what is not said\n" +
        "is as it was. The labels of the first one stay: `compare` shows what differs. Without --server it judges them to the end, unless\n" +
        "a cluster that runs does.",
    )
    .addOption(
      new Option("--classifier <name>", "rules, model or llm (default: as it was)").argParser(
        oneOf(["rules", "model", "llm"]),
      ),
    )
    .addOption(taxonomyOption())
    .addOption(modelOption())
    .addOption(new Option("--built-in-taxonomy", "by the built-in taxonomy, where the batch had another one"))
    .addOption(minConfidenceOption())
    .addOption(noNearDuplicatesOption())
    .addOption(priorityOption())
    .addOption(new Option("--name <name>", "what the new batch is called (default: as the first one)"))
    .addOption(
      new Option("-w, --workers <n>", "extractors at a time (default: cores)").argParser(wholeNumber(1, 1_024)),
    )
    .addOption(new Option("--wait", "follow a running cluster to the end of the batch"));
export type ReclassifyFlags = ReturnType<ReturnType<typeof reclassifySyntax>["opts"]>;

export function reclassifyCommand(run: RunCommand) {
  return reclassifySyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice reclassify latest --taxonomy mine.yaml", "other categories, of the same text"],
        ["sluice reclassify latest --classifier llm", "what an LLM makes of it (OLLAMA_HOST, OLLAMA_MODEL)"],
        ["sluice compare 0197a0 latest", "and what differs"],
      ]),
    )
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/reclassify.ts")).reclassify(batch, flags, context)),
    );
}

const deleteSyntax = () =>
  controlSyntax("delete", "delete a batch that has ended, with what only it has stored").addOption(
    new Option("--yes", "it is gone for good, and that is meant"),
  );
export type DeleteFlags = ReturnType<ReturnType<typeof deleteSyntax>["opts"]>;

export function deleteCommand(run: RunCommand) {
  return deleteSyntax()
    .addHelpText("after", examples([["sluice delete 0197a0 --yes", "documents that other batches have stay"]]))
    .action((batch, flags) =>
      run(flags, async (context) => (await import("../commands/delete.ts")).deleteBatch(batch, flags, context)),
    );
}

const replaySyntax = () =>
  new Command("replay")
    .summary("read one item again in the same conditions, and show what happens")
    .description(
      "Reads the item on this machine in an extractor process under the limits of its batch, exactly as a worker does, and\n" +
        "stores nothing. What was uploaded is read by a worker, which can reach it. Ends with 1 when the document fails.",
    )
    .addArgument(new Argument("<item>", "BATCH/ITEM: a batch as elsewhere, and the number that `failures` shows"))
    .addOption(new Option("--remote", "let a worker of the fleet read it, where this machine has not got the file"))
    .addOption(timeoutOption())
    .addOption(memoryOption())
    .addOption(passwordOption())
    .addOption(passwordFileOption())
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type ReplayFlags = ReturnType<ReturnType<typeof replaySyntax>["opts"]>;

export function replayCommand(run: RunCommand) {
  return replaySyntax()
    .addHelpText(
      "after",
      examples([
        ["sluice replay latest/17", "what item 17 does to its extractor"],
        ["sluice replay latest/17 --timeout 600", "whether it would end in ten minutes"],
      ]),
    )
    .action((item, flags) =>
      run(flags, async (context) => (await import("../commands/replay.ts")).replay(item, flags, context)),
    );
}

const drainSyntax = () =>
  new Command("drain")
    .summary("let a worker end what it reads and give it nothing more")
    .addArgument(new Argument("<worker>", "its id or address, as `status` shows it"))
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type DrainFlags = ReturnType<ReturnType<typeof drainSyntax>["opts"]>;

export function drainCommand(run: RunCommand) {
  return drainSyntax().action((worker, flags) =>
    run(flags, async (context) => (await import("../commands/drain.ts")).drain(worker, flags, context)),
  );
}
