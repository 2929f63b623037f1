import { type ItemSubmission, MAX_ITEMS_PER_CHUNK } from "@sluice/contracts";

/** Keeps a request well below the server's limit, whatever the length of the names. */
const MAX_CHUNK_CHARS = 2 * 2 ** 20;

/** Cuts items into the NDJSON bodies of requests of a size that servers take. */
export function* itemChunks(items: readonly ItemSubmission[]): Generator<string, void, undefined> {
  let lines: string[] = [];
  let chars = 0;
  for (const item of items) {
    const line = JSON.stringify(item);
    if (lines.length > 0 && (lines.length >= MAX_ITEMS_PER_CHUNK || chars + line.length > MAX_CHUNK_CHARS)) {
      yield `${lines.join("\n")}\n`;
      lines = [];
      chars = 0;
    }
    lines.push(line);
    chars += line.length + 1;
  }
  if (lines.length > 0) yield `${lines.join("\n")}\n`;
}
