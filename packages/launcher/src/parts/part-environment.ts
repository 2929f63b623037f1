import { homedir, tmpdir } from "node:os";
import { dirname } from "node:path";

/** Environment variables by name; those left undefined are not passed on. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a part gets to see: the system's essentials and what is given to it, never the environment of whoever starts it,
 * which is full of other programs' secrets.
 */
export function partEnvironment(...given: Environment[]): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    HOME: homedir(),
    TMPDIR: tmpdir(),
  };
  for (const [name, value] of given.flatMap((variables) => Object.entries(variables))) {
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
