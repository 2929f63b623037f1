/**
 * A process that reads files with the addon and does nothing else: the most that this machine can extract. With the argument
 * `hash` it makes the hash of each too, which every document needs to be stored. A line of stdin is a JSON array of paths; the
 * answer on stdout is `{pages, failed}`.
 */
import { extract } from "@sluice/native";
import { DocumentReader } from "./document-reader.ts";

const reader = new DocumentReader();
const hashes = process.argv[2] === "hash";

for await (const line of console) {
  let pages = 0;
  let failed = 0;
  for (const path of JSON.parse(line) as string[]) {
    const bytes = reader.read(path);
    if (hashes) new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
    const result = extract(bytes);
    if (result.ok) pages += result.document.pages.length;
    else failed += 1;
  }
  process.stdout.write(`${JSON.stringify({ pages, failed })}\n`);
}
