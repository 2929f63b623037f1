/**
 * Builds both images in plain folders, without a container engine, and runs a batch through them:
 *   bun deploy/check-images.ts [--compile]
 * With `--compile` the addon is compiled as its RUN step says, which takes minutes; otherwise the one of this checkout is
 * used. Needs root on Linux. deploy/src/build-image.ts says what this shows and what not.
 */
import { join } from "node:path";
import { startPostgres } from "@sluice/launcher";
import { makePdf, temporaryFolder } from "@sluice/testkit";
import { whyNotHere } from "./src/build-image.ts";
import { checkImages } from "./src/check-images.ts";

const reason = whyNotHere();
if (reason !== null) {
  process.stderr.write(`The images cannot be checked here: ${reason}.\n`);
  process.exit(3);
}
using folder = temporaryFolder();
const postgres = await startPostgres({ dataDir: join(folder.path, "postgres"), exitWithParent: true });
try {
  const documents = ["invoice", "minutes", "letter"].map((name) => ({
    name: `${name}.pdf`,
    bytes: makePdf({ pages: [`The ${name} that shows that the images work`], title: name }),
  }));
  const report = await checkImages({
    folder: join(folder.path, "images"),
    databaseUrl: postgres.databaseUrl,
    documents,
    compile: process.argv.includes("--compile"),
  });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await postgres.stop();
}
