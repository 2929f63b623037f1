import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tinyPdf } from "./tiny-pdf.ts";

const SCAN = join(import.meta.dir, "../../../packages/testkit/samples/documents/incoming/scan-0007.pdf");
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

  test("--format info is for people: metadata, grade, a line a page", () => {
    const { code, out, err } = extract("three.pdf", "--format", "info", "--pages", "2-");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["PDF", "1.7"],
      ["Pages", "3; of 2 read: 2 sparse"],
      ["Quality", "A (characters known 100 %, pages readable 100 %, clean 100 %)"],
      [""],
      ["Page", "Verdict", "Size in pt", "Why"],
      ["2", "sparse", "595 × 842", "10 characters of text"],
      ["3", "sparse", "595 × 842", "9 characters of text"],
      [""],
    ]);
  });

  test("`-` is stdin, which may be empty", () => {
    const pipe = (bytes: Uint8Array | "ignore", ...args: string[]) => {
      const ran = Bun.spawnSync([process.execPath, MAIN, "-", ...args], { stdin: bytes });
      return { code: ran.exitCode, out: ran.stdout.toString(), err: ran.stderr.toString() };
    };
    expect(pipe(tinyPdf(["Through a pipe"]))).toEqual({ code: 0, out: "Through a pipe\n", err: "" });
    const report = JSON.parse(pipe(tinyPdf(["x"]), "--json").out) as Record<string, unknown>;
    expect(report).toMatchObject({ uri: "-", sizeBytes: tinyPdf(["x"]).length, contentHash: expect.any(String) });
    expect(pipe("ignore")).toMatchObject({ code: 1, err: expect.stringMatching(/^EMPTY_FILE {2}stdin: /) });
  });

  test("what the text does not tell goes to stderr, with the file's name", () => {
    const { code, out, err } = extract(SCAN);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toBe(`${SCAN}: page 1 needs OCR: an image of text\n`);
    const damaged = tinyPdf(["Mended"]).subarray(0, -30);
    writeFileSync(join(folder, "damaged.pdf"), damaged);
    expect(extract("damaged.pdf")).toMatchObject({
      out: "Mended\n",
      err: expect.stringMatching(/damaged\.pdf: (FILE_TRUNCATED|XREF_REBUILT) {2}/),
    });
  });

  test("adds to a file behind stdout, and never empties it", () => {
    const out = join(folder, "all.txt");
    writeFileSync(out, "what was there\n");
    const script = '"$0" "$1" "$3" >> "$2"; "$0" "$1" three.pdf >> "$2"; { echo then; "$0" "$1" "$3"; } >> "$2"';
    Bun.spawnSync(["/bin/sh", "-c", script, process.execPath, MAIN, out, SCAN], { cwd: folder });
    expect(readFileSync(out, "utf8")).toBe("what was there\nFirst page\n\fSecond page\n\fThird page\nthen\n");
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
      err: expect.stringContaining(`UNSUPPORTED_FORMAT  ${folder}/letter.docx: this is a Word document`),
    });
    const { code, out, err } = extract("missing.pdf", "--json");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      uri: `file://${folder}/missing.pdf`,
      error: { code: "SOURCE_NOT_FOUND" },
      exit: 1,
    });
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
