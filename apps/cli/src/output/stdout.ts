import { FileDescriptorWriter } from "./file-descriptor-writer.ts";

/** The reader of our output has gone (`… | head`): there is nothing left to do, and nothing to complain about. */
export function isReaderGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === "EPIPE";
}

/** A writer for results on stdout. Flush it when done. */
export function openStdout(): FileDescriptorWriter {
  return new FileDescriptorWriter(1);
}

/** Prints text for a program or a person, all of it before it resolves. */
export async function printStdout(text: string): Promise<void> {
  const writer = openStdout();
  await writer.write(text);
  await writer.flush();
}

/** Prints the one object of `--json`. */
export function printJson(value: unknown): Promise<void> {
  return printStdout(`${JSON.stringify(value)}\n`);
}
