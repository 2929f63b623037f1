/** `extract` as a Unix filter, and the commands that need nothing else. */
import { afterAll, describe, expect, test } from "bun:test";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makePdf, processTree, temporaryFolder, waitUntil } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

const scratch = temporaryFolder();
afterAll(() => scratch[Symbol.dispose]());
const SAMPLE = "research/lake-aldermere-water-2025.pdf";
const file = join(scratch.path, "three pages.pdf");
await writeFile(file, makePdf({ pages: ["First page", "Second page", "Third page"] }));

describe("extract", () => {
  test("prints the text, pages set apart by form feeds", async () => {
    const result = await runCli(["extract", file]);
    expect(result).toMatchObject({ exit: 0, stderr: "" });
    expect(result.stdout.split("\f").map((page) => page.trim())).toEqual(["First page", "Second page", "Third page"]);
  });

  test("some pages only", async () => {
    expect((await runCli(["extract", file, "--pages", "2-3"])).stdout).not.toContain("First");
    expect((await runCli(["extract", file, "--pages", "2"])).stdout.trim()).toBe("Second page");
  });

  test("one object with everything known", async () => {
    const report = jsonOf(await runCli(["extract", file, "--json"]));
    expect(report).toMatchObject({ pageCount: 3 });
    expect(report["contentHash"]).toMatch(/^[0-9a-f]{64}$/);
    expect(report["pages"]).toMatchObject([
      { page: 1, text: expect.stringContaining("First") },
      { page: 2 },
      { page: 3 },
    ]);
  });

  test("blocks, lines and words with boxes in points, reasons and a grade", async () => {
    const report = jsonOf(await runCli(["extract", file, "--format", "json", "--pages", "3"]));
    expect(report).toMatchObject({ outline: [], fonts: [{ name: "Helvetica", weight: 400 }], quality: { grade: "A" } });
    const box = [60, expect.any(Number), expect.any(Number), expect.any(Number)];
    const words = [{ text: "Third", box, sizePt: 11 }, { text: "page" }];
    expect(report["pages"]).toMatchObject([
      { page: 3, reasons: [{ code: "FEW_CHARACTERS" }], blocks: [{ kind: "paragraph", lines: [{ words }] }] },
    ]);
  });

  test("a sample as Markdown: headings, paragraphs, a table", async () => {
    const sample = join(import.meta.dir, "../../../../packages/testkit/samples/documents", SAMPLE);
    const { exit, stdout, stderr } = await runCli(["extract", sample, "--format", "markdown"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(stdout).toMatch(/^#{1,6} \S/m);
    expect(stdout).toMatch(/^\|( [^|]*\|){2,}\n\|( --- \|){2,}$/m);
    expect((await runCli(["extract", sample, "--format", "markdown", "--json"])).exit).toBe(2);
    expect((await runCli(["extract", sample, "--format", "html"])).exit).toBe(2);
  });

  test("a document that cannot be read ends with 1 and its code", async () => {
    const bad = join(scratch.path, "bad.pdf");
    await writeFile(bad, "neither fish nor fowl");
    const result = await runCli(["extract", bad]);
    expect(result.stderr).toMatch(/^(UNSUPPORTED_FORMAT|INVALID_PDF) {2}/);
    expect(result).toMatchObject({ exit: 1, stdout: "" });
    const json = await runCli(["extract", bad, "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { advice: expect.any(String) }, exit: 1 });
    expect(json).toMatchObject({ exit: 1, stderr: "" });
  });

  test("several files, one after the other, whatever becomes of one", async () => {
    const bad = join(scratch.path, "bad of several.pdf");
    await writeFile(bad, "neither fish nor fowl");
    const args = ["extract", bad, file, bad, "--pages", "2"];
    const text = await runCli(args);
    expect(text).toMatchObject({ exit: 1, stdout: `==> ${bad} <==\n\n==> ${file} <==\nSecond page\n` });
    expect(text.stderr).toContain(`UNSUPPORTED_FORMAT  ${bad}: `);
    const json = await runCli([...args, "--json"]);
    expect(json).toMatchObject({ exit: 1, stderr: "" });
    const lines = json.stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { uri: expect.stringContaining("bad%20of%20several"), error: { code: "UNSUPPORTED_FORMAT" }, exit: 1 },
      { uri: expect.stringContaining("three%20pages"), pages: [{ page: 2 }] },
    ]);
    expect((await runCli(["extract", file, join(scratch.path, "none.pdf")])).exit).toBe(2);
  });

  test("from a pipe", async () => {
    const command = `"${process.execPath}" "${join(import.meta.dir, "../../src/main.ts")}" extract - --pages 2-`;
    const shell = Bun.spawn(["sh", "-c", `cat "${file}" | ${command}`], { stdout: "pipe", stderr: "pipe" });
    expect(await shell.stdout.text()).toBe("Second page\n\fThird page\n");
    expect(await shell.exited).toBe(0);
  });

  test("a reader that is killed is named, and the next file is read", async () => {
    const command = [process.execPath, join(import.meta.dir, "../../src/main.ts"), "extract", "-", file];
    const child = Bun.spawn(command, { stdin: "pipe", stdout: "pipe", stderr: "pipe" });
    const reader = await waitUntil("a reader runs", () =>
      processTree(child.pid).find((each) => each.command.includes("extract-once.ts")),
    );
    process.kill(reader.pid, "SIGKILL");
    expect(await child.stdout.text()).toContain("Third page");
    expect(await child.stderr.text()).toContain("CHILD_CRASHED  stdin: its reader was ended by signal 9");
    expect(await child.exited).toBe(1);
  });

  test("a reader that stops early is no error", async () => {
    const command = `"${process.execPath}" "${join(import.meta.dir, "../../src/main.ts")}" extract "${file}" | true`;
    const shell = Bun.spawn(["sh", "-c", command], { stdout: "pipe", stderr: "pipe" });
    expect(await shell.stderr.text()).toBe("");
  });
});

describe("help", () => {
  test("every command has a summary, and help with its exit code in order", async () => {
    const help = await runCli(["--help"]);
    expect(help).toMatchObject({ exit: 0, stderr: "" });
    const commands =
      "classify extract demo results failures audit batches status up coordinator worker db doctor version";
    for (const command of commands.split(" ")) {
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command}\\b.* {2,}\\S`, "m"));
      const own = await runCli(["help", command]);
      expect(own).toMatchObject({ exit: 0, stderr: "" });
      expect(own.stdout).toContain(`Usage: sluice ${command}`);
    }
  });
});
