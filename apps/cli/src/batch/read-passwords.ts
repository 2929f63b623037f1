import { readFile } from "node:fs/promises";
import { AppError, MAX_PASSWORDS, passwordLines, passwordSchema } from "@sluice/contracts";
import type { PasswordFlags } from "../arguments/password-options.ts";
import type { Config } from "../config.ts";
import { safeText } from "../output/safe-text.ts";

/**
 * The passwords to try on encrypted documents, each once: from flags, then from the file, then from the environment. The
 * empty one is always tried and need not be given. No fault shows a password.
 */
export async function readPasswords(flags: PasswordFlags, config: Pick<Config, "passwords">): Promise<string[]> {
  const fromFile = flags.passwordFile === undefined ? [] : await readPasswordFile(flags.passwordFile);
  const passwords = [...new Set([...(flags.password ?? []), ...fromFile, ...config.passwords])].filter(Boolean);
  if (passwords.length > MAX_PASSWORDS) {
    throw new AppError("USAGE", `${passwords.length} passwords were given; ${MAX_PASSWORDS} at most are tried`);
  }
  for (const [index, password] of passwords.entries()) {
    if (passwordSchema.safeParse(password).success) continue;
    throw new AppError("USAGE", `password ${index + 1} is none: a password is one line of at most 500 characters`);
  }
  return passwords;
}

async function readPasswordFile(file: string): Promise<string[]> {
  try {
    return passwordLines(await readFile(file, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw new AppError("PATH_NOT_FOUND", `no such password file: ${safeText(file)}`, { cause: error });
    }
    throw new AppError("USAGE", `cannot read the password file ${safeText(file)}: ${message}`, { cause: error });
  }
}
