/** The options that bring passwords for encrypted documents. */
import { Option } from "@commander-js/extra-typings";

export interface PasswordFlags {
  readonly password?: readonly string[] | undefined;
  readonly passwordFile?: string | undefined;
}

export const passwordOption = () =>
  new Option(
    "--password <password>",
    "try this on encrypted documents; may be repeated (SLUICE_PASSWORD; others on this machine see the command line)",
  ).argParser((password: string, before: readonly string[] | undefined): readonly string[] => [
    ...(before ?? []),
    password,
  ]);

export const passwordFileOption = () =>
  new Option("--password-file <file>", "the same from a file, one password a line");
