import { Command, Option } from "@commander-js/extra-typings";
import { classifyCommand, demoCommand, extractCommand } from "./classify-arguments.ts";
import {
  cancelCommand,
  deleteCommand,
  drainCommand,
  pauseCommand,
  priorityCommand,
  replayCommand,
  resumeCommand,
  reclassifyCommand,
  retryCommand,
} from "./control-arguments.ts";
import {
  completionCommand,
  coordinatorCommand,
  dbCommand,
  doctorCommand,
  upCommand,
  versionCommand,
  workerCommand,
} from "./part-arguments.ts";
import {
  auditCommand,
  batchesCommand,
  compareCommand,
  failuresCommand,
  queuesCommand,
  resultsCommand,
  statusCommand,
  textCommand,
  workersCommand,
} from "./read-arguments.ts";
import { cascadeCommand, modelsCommand, trainCommand } from "./model-arguments.ts";
import { evalCommand } from "./eval-arguments.ts";
import { searchCommand } from "./search-arguments.ts";
import { taxonomyCommand } from "./taxonomy-arguments.ts";
import { tokensCommand } from "./token-arguments.ts";
import { examples, type RunCommand } from "./run-command.ts";
import { submitCommand } from "./submit-arguments.ts";
import { webhooksCommand } from "./webhook-arguments.ts";

/**
 * The whole command line. Only declarations are loaded here: each command's own code, and with it everything heavy,
 * is imported when it runs, so that help and wrong use answer at once.
 */
export function buildProgram(runWith: RunCommand) {
  const run: RunCommand = (flags, command) => runWith({ ...flags, config: program.opts().config }, command);
  const program = new Command("sluice")
    .description("Reads documents, classifies them, and keeps text and labels in PostgreSQL.")
    .addOption(new Option("--config <file>", "settings (SLUICE_CONFIG; default: ~/.config/sluice/config.yaml)"))
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText(
      "after",
      `${examples([
        ["sluice classify ~/Documents", "read and classify everything there"],
        ["sluice results latest --export out.csv", "what came out, as a table"],
        ["sluice search total due", "pages that have the words"],
        ["sluice audit latest", "prove that nothing was lost"],
        ["sluice help classify", "flags and examples of one command"],
      ])}\n\nExit codes: 0 all well, 1 some items failed, 2 wrong use, 3 could not run, 130 interrupted (work done is kept).`,
    );
  const groups = [
    ["Documents:", [classifyCommand(run), submitCommand(run), extractCommand(run), demoCommand(run)]],
    [
      "Results:",
      [
        resultsCommand(run),
        searchCommand(run),
        failuresCommand(run),
        auditCommand(run),
        batchesCommand(run),
        statusCommand(run),
        textCommand(run),
        compareCommand(run),
        evalCommand(run),
        trainCommand(run),
        modelsCommand(run),
        cascadeCommand(run),
        taxonomyCommand(run),
        workersCommand(run),
        queuesCommand(run),
      ],
    ],
    [
      "Control:",
      [
        pauseCommand(run),
        resumeCommand(run),
        cancelCommand(run),
        deleteCommand(run),
        priorityCommand(run),
        retryCommand(run),
        reclassifyCommand(run),
        replayCommand(run),
        drainCommand(run),
        tokensCommand(run),
        webhooksCommand(run),
      ],
    ],
    [
      "Parts:",
      [
        upCommand(run),
        coordinatorCommand(run),
        workerCommand(run),
        dbCommand(run),
        doctorCommand(run),
        completionCommand(run),
        versionCommand(run),
      ],
    ],
  ] as const;
  for (const [heading, commands] of groups) {
    program.commandsGroup(heading);
    // The precise types have served their purpose inside each command.
    for (const command of commands) program.addCommand(command as unknown as Command);
  }
  for (const command of allCommands(program as unknown as Command)) {
    // Errors are thrown and formatted in one place, with their exit code.
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .configureOutput({ outputError: () => {} })
      .showSuggestionAfterError();
  }
  return program;
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((each) => allCommands(each as Command))];
}
