/** What library.test.ts kills under Node: `node program.mjs BUN MAIN DATA_DIR FOLDER`. */
import { processDirectory } from "@sluice/client";

const [, , bun = "", main = "", dataDir = "", folder = ""] = process.argv;
await processDirectory(folder, {
  dataDir,
  workers: 1,
  program: [bun, main],
  onProgress: ({ batch }) => {
    if (batch.extract.succeeded > 0) process.stdout.write("working\n");
  },
});
