/** Commands that say who may call a coordinator. */
import { Argument, Command, Option } from "@commander-js/extra-typings";
import { decimalNumber, oneOf, orWord, wholeNumber } from "./parse-values.ts";
import { dataDirOption, databaseUrlOption, jsonOption, serverOption, tokenOption } from "./place-options.ts";
import { examples, type RunCommand } from "./run-command.ts";

const tokenSyntax = (name: string, summary: string) =>
  new Command(name)
    .summary(summary)
    .addOption(jsonOption())
    .addOption(dataDirOption())
    .addOption(databaseUrlOption())
    .addOption(serverOption())
    .addOption(tokenOption());
export type TokensFlags = ReturnType<ReturnType<typeof tokenSyntax>["opts"]>;

const idArgument = () => new Argument("<id>", "id of a token, or the start of one, as `tokens list` shows");
const limit = <const Flags extends string>(flags: Flags, what: string) =>
  new Option(flags, `${what}; 0: no limit (default: what the server is configured to)`).argParser(
    wholeNumber(0, Number.MAX_SAFE_INTEGER),
  );

const createSyntax = () =>
  tokenSyntax("create", "make a token and show it, this once")
    .addArgument(new Argument("<name>", "for people: who has it, and where"))
    .addOption(
      new Option("--role <role>", "submit: its own batches; worker: registering; admin: everything")
        .argParser(oneOf(["submit", "worker", "admin"]))
        .default("submit" as const),
    )
    .addOption(new Option("--days <n>", "it expires after so many days").argParser(decimalNumber(0.0001, 3_650)))
    .addOption(limit("--requests-per-second <n>", "requests a second"))
    .addOption(limit("--pending-items <n>", "items that may be pending"))
    .addOption(limit("--open-batches <n>", "batches that may be unfinished"))
    .addOption(limit("--upload-bytes-per-day <n>", "bytes uploaded in a day"));
export type CreateTokenFlags = ReturnType<ReturnType<typeof createSyntax>["opts"]>;

const changedLimit = <const Flags extends string>(flags: Flags, what: string) =>
  new Option(flags, `${what}; 0: no limit; default: what the server is configured to`).argParser(
    orWord("default", wholeNumber(0, Number.MAX_SAFE_INTEGER)),
  );

const changeSyntax = () =>
  tokenSyntax("change", "change a token's name, expiry or limits; its secret stays")
    .addArgument(idArgument())
    .addOption(new Option("--name <name>", "for people: who has it, and where"))
    .addOption(
      new Option("--days <n>", "it expires after so many days; never: it does not expire").argParser(
        orWord("never", decimalNumber(0.0001, 3_650)),
      ),
    )
    .addOption(changedLimit("--requests-per-second <n>", "requests a second"))
    .addOption(changedLimit("--pending-items <n>", "items that may be pending"))
    .addOption(changedLimit("--open-batches <n>", "batches that may be unfinished"))
    .addOption(changedLimit("--upload-bytes-per-day <n>", "bytes uploaded in a day"));
export type ChangeTokenFlags = ReturnType<ReturnType<typeof changeSyntax>["opts"]>;

const rotateSyntax = () =>
  tokenSyntax("rotate", "give a token another secret, and show it, this once")
    .addArgument(idArgument())
    .addOption(
      new Option("--overlap <hours>", "how long the former secret still opens (default: 1)").argParser(
        decimalNumber(0, 720),
      ),
    );
export type RotateTokenFlags = ReturnType<ReturnType<typeof rotateSyntax>["opts"]>;

export function tokensCommand(run: RunCommand) {
  const load = async () => await import("../commands/tokens.ts");
  return new Command("tokens")
    .summary("say who may call a coordinator")
    .addHelpText(
      "after",
      examples([
        ["sluice tokens create billing --days 90", "for a team that submits and sees its own batches"],
        ["sluice tokens change ID --pending-items 100000", "another limit; whoever uses it notices nothing else"],
        ["sluice tokens rotate ID --overlap 24", "a new secret; the former one opens for a day"],
        ["sluice tokens revoke ID", "it opens nothing any more"],
      ]),
    )
    .addCommand(
      tokenSyntax("list", "what tokens there are").action((flags) =>
        run(flags, async (context) => (await load()).listTokens(flags, context)),
      ),
      { isDefault: true },
    )
    .addCommand(
      createSyntax().action((name, flags) =>
        run(flags, async (context) => (await load()).createToken(name, flags, context)),
      ),
    )
    .addCommand(
      changeSyntax().action((id, flags) =>
        run(flags, async (context) => (await load()).changeToken(id, flags, context)),
      ),
    )
    .addCommand(
      rotateSyntax().action((id, flags) =>
        run(flags, async (context) => (await load()).rotateToken(id, flags, context)),
      ),
    )
    .addCommand(
      tokenSyntax("revoke", "end a token, within seconds on all coordinators")
        .addArgument(idArgument())
        .action((id, flags) => run(flags, async (context) => (await load()).revokeToken(id, flags, context))),
    );
}
