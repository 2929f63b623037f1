/** An argument as a POSIX shell reads it, for commands that people copy. */
export function shellQuote(argument: string): string {
  return /^[\w@%+=:,./~-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
