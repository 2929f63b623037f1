/** Commands that run or examine the parts of an installation. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import type { Command as PlainCommand } from "commander";
import { oneOf, wholeNumber } from "./parse-values.ts";
import { dataDirOption, databaseUrlOption, jsonOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const hostOption = () => new Option("--host <address>", "address to listen on (default: 127.0.0.1)");
const portOption = () =>
  new Option("--port <n>", "port to listen on (default: 7080; 0 for any)").argParser(wholeNumber(0, 65_535));
const insecureOption = () =>
  new Option("--insecure", "listen beyond this machine without TLS, because a proxy in front does it");
const workersOption = () =>
  new Option("-w, --workers <n>", "extractors at a time (default: cores)").argParser(wholeNumber(1, 1_024));

const upSyntax = () =>
  new Command("up")
    .summary("run all parts on this machine until Ctrl-C")
    .description(
      "Starts PostgreSQL (unless --database-url names one), a coordinator and a worker, and prints URL and token.",
    )
    .addOption(workersOption())
    .addOption(hostOption())
    .addOption(portOption())
    .addOption(insecureOption())
    .addOption(new Option("--attached", "stop when stdin ends, for a program that starts it"))
    .addOption(new Option("--json", "print one JSON object when all parts run: url, token, workerToken, logDir, pid"))
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addHelpText(
      "after",
      examples([
        ["sluice up", "then, elsewhere: sluice classify PATH --server URL --token T"],
        ["sluice up -w 16 --host 10.0.0.5 --insecure", "for a fleet behind a proxy"],
      ]),
    );
export type UpFlags = ReturnType<ReturnType<typeof upSyntax>["opts"]>;

export function upCommand(run: RunCommand) {
  return upSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/up.ts")).up(flags, context)),
  );
}

const coordinatorSyntax = () =>
  new Command("coordinator")
    .summary("run a coordinator alone")
    .description("Any number of coordinators may share one PostgreSQL; there is no leader.")
    .addOption(databaseUrlOption())
    .addOption(hostOption())
    .addOption(portOption())
    .addOption(insecureOption())
    .addOption(
      new Option("--worker-addresses <list>", "CIDRs and hosts that workers may come from (default: loopback)"),
    )
    .addHelpText(
      "after",
      examples([["sluice coordinator --database-url postgres://…", "prints its tokens once, at the very first start"]]),
    );
export type CoordinatorFlags = ReturnType<ReturnType<typeof coordinatorSyntax>["opts"]>;

export function coordinatorCommand(run: RunCommand) {
  return coordinatorSyntax().action((flags) =>
    run({}, async (context) => (await import("../commands/coordinator.ts")).coordinator(flags, context)),
  );
}

const workerSyntax = () =>
  new Command("worker")
    .summary("run a worker that joins a fleet")
    .requiredOption("--coordinator <url...>", "coordinators to register with")
    .addOption(new Option("--token <token>", "a token with the worker role (SLUICE_TOKEN, SLUICE_TOKEN_FILE)"))
    .addOption(workersOption())
    .addOption(new Option("--host <address>", "address to listen on (default: 127.0.0.1)"))
    .addOption(new Option("--port <n>", "port to listen on (default: any)").argParser(wholeNumber(0, 65_535)))
    .addOption(new Option("--advertise <url>", "address at which coordinators reach this worker"))
    .addOption(new Option("--root <folder...>", "folders whose files may be read; needed with --host"))
    .addOption(insecureOption())
    .addHelpText(
      "after",
      examples([
        [
          "sluice worker --coordinator http://10.0.0.5:7080 --token T --host 10.0.0.7 --root /srv --insecure",
          "a second host",
        ],
      ]),
    );
export type WorkerFlags = ReturnType<ReturnType<typeof workerSyntax>["opts"]>;

export function workerCommand(run: RunCommand) {
  return workerSyntax().action((flags) =>
    run({}, async (context) => (await import("../commands/worker.ts")).worker(flags, context)),
  );
}

export function dbCommand(run: RunCommand) {
  const db = new Command("db").summary("start, stop or name the embedded PostgreSQL");
  db.command("start")
    .summary("start it in the background; other commands then use it")
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action((flags) => run(flags, async (context) => (await import("../commands/db.ts")).dbStart(flags, context)));
  db.command("stop")
    .summary("stop it")
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action((flags) => run(flags, async (context) => (await import("../commands/db.ts")).dbStop(flags, context)));
  db.command("url")
    .summary("print its connection string, password included")
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText("after", examples([['psql "$(sluice db url)"', "look at the tables"]]))
    .action((flags) => run(flags, async (context) => (await import("../commands/db.ts")).dbUrl(flags, context)));
  return db;
}
export interface DbFlags {
  readonly dataDir?: string | undefined;
  readonly json?: true | undefined;
}

const doctorSyntax = () =>
  new Command("doctor")
    .summary("check this machine and say what to do")
    .addOption(dataDirOption())
    .addOption(jsonOption());
export type DoctorFlags = ReturnType<ReturnType<typeof doctorSyntax>["opts"]>;

export function doctorCommand(run: RunCommand) {
  return doctorSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/doctor.ts")).doctor(flags, context)),
  );
}

export function completionCommand(run: RunCommand) {
  return new Command("completion")
    .summary("print what makes a shell complete commands and options")
    .addArgument(new Argument("<shell>", "bash, zsh or fish").argParser(oneOf(["bash", "zsh", "fish"])))
    .addHelpText(
      "after",
      examples([
        ["source <(sluice completion bash)", "in ~/.bashrc; the same with zsh after compinit"],
        ["sluice completion fish > ~/.config/fish/completions/sluice.fish", "for fish"],
      ]),
    )
    .action((shell, _flags, command) =>
      run({}, async () => (await import("../commands/completion.ts")).completion(shell, rootOf(command))),
    );
}

function rootOf(command: { readonly parent: unknown }): PlainCommand {
  return command.parent as PlainCommand;
}

const versionSyntax = () => new Command("version").summary("print versions").addOption(jsonOption());
export type VersionFlags = ReturnType<ReturnType<typeof versionSyntax>["opts"]>;

export function versionCommand(run: RunCommand) {
  return versionSyntax().action((flags) =>
    run(flags, async (context) => (await import("../commands/version.ts")).version(flags, context)),
  );
}
