import { existsSync, readFileSync } from "node:fs";
import { type JournalLine, journalLineSchema } from "./job.ts";

/** What a client has written down; a line that its death has cut is left out. */
export function readJournal(path: string): JournalLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.slice(0, -1).map((line) => journalLineSchema.parse(JSON.parse(line)));
}
