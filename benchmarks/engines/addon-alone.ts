/**
 * A process that reads files with the addon and does nothing else: the most that this machine can extract. A line of stdin is
 * a JSON array of paths; the answer on stdout is `{pages, failed}`.
 */
import { extract } from "@sluice/native";
import { DocumentReader } from "./document-reader.ts";

const reader = new DocumentReader();

for await (const line of console) {
  let pages = 0;
  let failed = 0;
  for (const path of JSON.parse(line) as string[]) {
    const result = extract(reader.read(path));
    if (result.ok) pages += result.document.pages.length;
    else failed += 1;
  }
  process.stdout.write(`${JSON.stringify({ pages, failed })}\n`);
}
