import { expect, test } from "bun:test";
import { join } from "node:path";
import { s3ServerMissing } from "@sluice/testkit";

const RUN = join(import.meta.dir, "..", "run.ts");

test.skipIf(process.platform !== "linux")(
  "bench listing: a folder and an S3 prefix become batches of as many items",
  () => {
    const options = ["listing", "--count", "2500", "--objects", "1200", "--json"];
    const run = Bun.spawnSync([process.execPath, RUN, ...options]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as object;
    const s3 = { source: "S3 prefix", items: 1200, rounds: [{}] };
    expect(report).toMatchObject({
      suite: "listing",
      variants: [{ source: "folder", items: 2500, rounds: [{}] }, ...(s3ServerMissing() === null ? [s3] : [])],
    });
  },
  600_000,
);
