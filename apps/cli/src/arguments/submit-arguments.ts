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
import { passwordFileOption, passwordOption } from "./password-options.ts";
import { dataDirOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import {
  archivesOption,
  excludeOption,
  fromFileOption,
  includeOption,
  maxSizeOption,
  minSizeOption,
} from "./source-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const submitSyntax = () =>
  new Command("submit")
    .summary("hand documents in to a running coordinator and go")
    .description(
      "Hands every file below the paths in to a fleet and ends. Its workers must see the files under the same paths, unless\n" +
        "--upload sends them along;\n" +
        "`status --watch` follows the work. A submission that broke off goes on where it stood when the same command runs\n" +
        "again; one that had ended is handed in anew, and what is done and has not changed is skipped.",
    )
    .addArgument(new Argument("[path...]", "files and folders; or s3://bucket/prefix, https://host/file"))
    .addOption(fromFileOption())
    .addOption(includeOption())
    .addOption(excludeOption())
    .addOption(minSizeOption())
    .addOption(maxSizeOption())
    .addOption(archivesOption())
    .addOption(new Option("--wait", "stay until the batch is done, and print its summary"))
    .addOption(new Option("--upload", "send the bytes along, for workers that cannot reach the files"))
    .addOption(new Option("--name <name>", "what lists call the batch (default: its paths)"))
    .addOption(new Option("--no-resume", "hand everything in anew, even if the last submission broke off"))
    .addOption(serverOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(classifierOption())
    .addOption(taxonomyOption())
    .addOption(modelOption())
    .addOption(minConfidenceOption())
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
        ["sluice submit /srv/share --server URL --token T", "hand in and go; prints the batch's id"],
        ["sluice submit /srv/share --wait --json", "for a script: ends with 1 when items failed"],
        ["sluice submit scans --upload --wait", "from a machine whose files no worker sees"],
        ["sluice submit s3://papers/2024/ --include '*.pdf'", "what the server lists itself, with nobody waiting"],
        ["sluice submit urgent.pdf --priority interactive", "before everything else"],
      ]),
    );
export type SubmitFlags = ReturnType<ReturnType<typeof submitSyntax>["opts"]>;

export function submitCommand(run: RunCommand) {
  return submitSyntax().action((paths, flags) =>
    run(flags, async (context) => (await import("../commands/submit.ts")).submit(paths, flags, context)),
  );
}
