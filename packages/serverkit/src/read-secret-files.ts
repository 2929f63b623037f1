import { readFileSync } from "node:fs";
import { AppError } from "@sluice/contracts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * An environment in which each of these variables may be given as a file instead: `NAME_FILE` names one that holds the
 * value, as container platforms and systemd hand secrets over. White space around the value is not part of it.
 * Throws CONFIG_INVALID for a file that cannot be read, and when both are given.
 */
export function readSecretFiles(environment: Environment, names: readonly string[]): Environment {
  const read = { ...environment };
  for (const name of names) {
    const path = environment[`${name}_FILE`];
    if (path === undefined || path === "") continue;
    if ((environment[name] ?? "") !== "") {
      throw new AppError("CONFIG_INVALID", `${name} and ${name}_FILE are both given; keep one of them.`);
    }
    try {
      read[name] = readFileSync(path, "utf8").trim();
    } catch (error) {
      throw new AppError("CONFIG_INVALID", `${name}_FILE: ${path} cannot be read.`, { cause: error });
    }
  }
  return read;
}
