/** Sources other than files, through the CLI and the real engine: archives, lists, S3. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { tarOf, zipOf } from "@sluice/sources/make-archive";
import { makePdf, type S3Server, s3ServerMissing, startS3Server, temporaryFolder } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

const missing = s3ServerMissing();
const scratch = temporaryFolder();
const folder = join(scratch.path, "in");
const place = ["--data-dir", join(scratch.path, "data"), "-w", "1", "--json"];
afterAll(() => scratch[Symbol.dispose]());

const pdf = (text: string) => Buffer.from(makePdf({ pages: [text] }));

async function classified(args: string[], env: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return jsonOf(await runCli(["classify", ...args, ...place], { env }));
}

async function urisOf(report: Record<string, unknown>): Promise<string[]> {
  const result = await runCli(["results", String(report["batchId"]), ...place.slice(0, 2)]);
  return result.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { uri: string; state: string }).uri.replace(/^.*\/in\//, ""));
}

test("archives on disk are read member by member, by filters, and found unchanged", async () => {
  mkdirSync(join(folder, "sub"), { recursive: true });
  writeFileSync(join(folder, "a.pdf"), pdf("plain"));
  writeFileSync(join(folder, "notes.txt"), "no document");
  writeFileSync(join(folder, "sub/b.zip"), zipOf([{ name: "é m.pdf", bytes: pdf("in a zip") }, { name: "x.txt" }]));
  const tar = await tarOf([1, 2, 3].map((page) => ({ name: `t${page}.pdf`, bytes: pdf(`in a tar, ${page}`) })));
  writeFileSync(join(folder, "t.tar.gz"), gzipSync(tar));
  const args = [folder, "--include", "*.pdf", "--max-size", "1MB"];
  const first = await classified(args);
  expect(first).toMatchObject({ documents: 5, succeeded: 5, failed: 0, skipped: { filtered: 2 }, exit: 0 });
  expect(await urisOf(first)).toEqual([
    "a.pdf",
    "sub/b.zip#/%C3%A9%20m.pdf",
    "t.tar.gz#/t1.pdf",
    "t.tar.gz#/t2.pdf",
    "t.tar.gz#/t3.pdf",
  ]);
  expect(await classified(args)).toMatchObject({ documents: 5, unchanged: 5, succeeded: 0 });
  const list = join(scratch.path, "list");
  writeFileSync(list, `${folder}/a.pdf\n# not this one\n${folder}/sub\n`);
  expect(await classified(["--from-file", list, "--no-archives"])).toMatchObject({
    documents: 2,
    unchanged: 1,
    failed: 1,
  });
});

describe.skipIf(missing !== null)(`s3${missing === null ? "" : ` (${missing})`}`, () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  }, 600_000);
  afterAll(async () => await server[Symbol.asyncDispose]());

  test("a prefix is listed by the coordinator and read by the worker; again, it is unchanged", async () => {
    await server.bucket().write("box/in/one.pdf", pdf("first of the bucket"));
    await server.bucket().write("box/in/two.pdf", pdf("second of the bucket"));
    await server.bucket().write("box/in/more.zip", zipOf([{ name: "three.pdf", bytes: pdf("third, packed") }]));
    const run = () => classified(["s3://papers/box/"], { ...server.environment });
    const first = await run();
    expect(first).toMatchObject({ documents: 3, succeeded: 3, failed: 0, exit: 0 });
    expect(await urisOf(first)).toEqual(["one.pdf", "two.pdf", "more.zip#/three.pdf"]);
    expect(await run()).toMatchObject({ documents: 3, unchanged: 3 });
    const lost = await classified(["s3://papers/box/", "s3://no-such-bucket/"], { ...server.environment });
    expect(lost).toMatchObject({ documents: 3, listingProblemCount: 1, exit: 1 });
    const refused = await classified(["s3://papers/box/"]);
    expect(refused["listingProblems"]).toMatchObject([{ code: "SOURCE_NOT_ALLOWED" }]);
  });
});
