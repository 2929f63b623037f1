import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tinyPdf } from "./tiny-pdf.ts";

const MAIN = join(import.meta.dir, "../src/extract-once.ts");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-once-"));
  writeFileSync(join(folder, "three.pdf"), tinyPdf(["First page", "Second page", "Third page"]));
  writeFileSync(join(folder, "letter.docx"), "PK\u0003\u0004 word/document.xml");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function extract(...args: string[]): { code: number; out: string; err: string } {
  const ran = Bun.spawnSync([process.execPath, MAIN, ...args], { cwd: folder });
  return { code: ran.exitCode, out: ran.stdout.toString(), err: ran.stderr.toString() };
}

describe("extract FILE", () => {
  test("puts the text on stdout, a form feed between pages", () => {
    expect(extract("three.pdf")).toEqual({ code: 0, out: "First page\n\fSecond page\n\fThird page\n", err: "" });
    expect(extract("three.pdf", "--pages", "2-3").out).toBe("Second page\n\fThird page\n");
  });

  test("--json is one object", () => {
    const { code, out } = extract(join(folder, "three.pdf"), "--json", "--pages=2");
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(report).toMatchObject({ uri: `file://${folder}/three.pdf`, pageCount: 3, needsOcr: false });
    expect(report["pages"]).toMatchObject([{ page: 2, text: expect.stringContaining("Second page") }]);
    expect(report["contentHash"]).toMatch(/^[0-9a-f]{64}$/);
  });

  test("--json has words with boxes, reasons and a grade", () => {
    const { out } = extract("three.pdf", "--format=json", "--pages=2");
    const report = JSON.parse(out) as Record<string, unknown>;
    expect(report).toMatchObject({ outline: [], quality: { grade: "A" }, fonts: [{ weight: 400 }] });
    expect(report["pages"]).toMatchObject([
      {
        page: 2,
        reasons: [{ code: "FEW_CHARACTERS" }],
        imageCoverage: 0,
        unmappedShare: 0,
        blocks: [{ kind: "paragraph", lines: [{ words: [{ text: "Second" }, { text: "page" }] }] }],
      },
    ]);
  });

  test("--format markdown; other formats and two at once are refused", () => {
    expect(extract("three.pdf", "--format", "markdown")).toEqual({
      code: 0,
      out: "First page\n\nSecond page\n\nThird page\n",
      err: "",
    });
    expect(extract("three.pdf", "--format", "html")).toMatchObject({ code: 2, out: "" });
    const { code, out } = extract("three.pdf", "--format", "markdown", "--json");
    expect({ code, error: JSON.parse(out) }).toMatchObject({ code: 2, error: { error: { code: "USAGE" }, exit: 2 } });
  });

  test("a name that is no UTF-8", () => {
    const odd = Buffer.concat([Buffer.from(`${folder}/od`), Buffer.from([0xff]), Buffer.from("d.pdf")]);
    writeFileSync(odd, tinyPdf(["Odd name"]));
    // A shell hands the bytes over: no JavaScript string can.
    const ran = Bun.spawnSync(["/bin/sh", "-c", '"$0" "$1" od*d.pdf', process.execPath, MAIN], { cwd: folder });
    expect(ran.stdout.toString()).toBe("Odd name\n");
  });

  test("a failure has its code, the next step and exit code 1; as JSON when asked", () => {
    expect(extract("letter.docx")).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("UNSUPPORTED_FORMAT"),
    });
    const { code, out, err } = extract("missing.pdf", "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toMatchObject({ error: { code: "SOURCE_NOT_FOUND" }, exit: 1 });
  });

  test("wrong use is 2", () => {
    expect(extract()).toMatchObject({ code: 2, err: expect.stringContaining("use: extract FILE") });
    expect(extract("three.pdf", "--pages", "9")).toMatchObject({ code: 2, out: "" });
  });

  test("a reader that has seen enough is no error", () => {
    const script = '"$0" "$1" three.pdf | head -c 5; echo; echo "${PIPESTATUS[0]}"';
    const ran = Bun.spawnSync(["bash", "-c", script, process.execPath, MAIN], { cwd: folder });
    expect(ran.stdout.toString()).toBe("First\n0\n");
  });
});
