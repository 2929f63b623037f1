import { expect, test } from "bun:test";
import { extract } from "../src/index.ts";
import { concat, latin1, PdfWriter, showLines, simplePdf } from "./pdf-writer.ts";
import { allText, failure, read } from "./read.ts";

test("deeply nested objects do not overflow the stack", () => {
  for (const [open, close] of [
    ["[", "]"],
    ["<< /A ", " >>"],
  ] as const) {
    const deep = open.repeat(100_000) + close.repeat(100_000);
    const writer = new PdfWriter();
    writer.add(deep);
    const bytes = simplePdf(
      [{ content: `${deep} Tj ${showLines(["still here"])}`, entries: `/Deep ${deep}` }],
      "",
      "",
      writer,
    );
    const result = extract(bytes);
    // The page dictionary itself may be beyond saving; the process is not.
    expect(result.ok || result.error.code === "INVALID_PDF" || result.error.code === "NO_PAGES").toBe(true);
    const inContent = simplePdf([{ content: `${deep} Tj ${showLines(["still here"])}` }], "", "", writer);
    expect(allText(read(inContent))).toContain("still here");
  }
});

test("a page tree that bites its tail", () => {
  const writer = new PdfWriter();
  const tree = writer.reserve();
  const page = writer.add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 100 100] >>`);
  writer.set(tree, `<< /Type /Pages /Count 999999999 /Kids [${tree} 0 R ${page} 0 R ${page} 0 R] >>`);
  expect(read(writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`))).pageCount).toBe(1);
});

test("cross-reference tables that point at themselves or nowhere", () => {
  const good = simplePdf([{ content: showLines(["found again"]) }]);
  const text = Buffer.from(good).toString("latin1");
  const start = /startxref\n(\d+)/.exec(text)?.[1] ?? "";
  const looped = text.replace(/trailer\n<</, `trailer\n<< /Prev ${start}`);
  const nowhere = text.replace(/startxref\n\d+/, "startxref\n99999999");
  const cut = text.slice(0, text.indexOf("xref\n0 "));
  for (const bytes of [looped, nowhere, cut]) {
    expect(allText(read(latin1(bytes)))).toBe("found again\n");
  }
});

test("a file cut in the middle keeps its whole pages", () => {
  const pages = Array.from({ length: 20 }, (_, i) => ({ content: showLines([`page ${i}`]) }));
  const bytes = simplePdf(pages);
  const result = extract(bytes.subarray(0, Math.floor(bytes.length / 2)));
  expect(result.ok || ["INVALID_PDF", "NO_PAGES"].includes(result.error.code)).toBe(true);
});

test("a stream that inflates without end is stopped by its limit", () => {
  const bomb = new Uint8Array(300 << 20).fill(32);
  const document = read(simplePdf([{ content: bomb }, { content: showLines(["the next page"]) }]));
  expect(document.pages[0]?.error?.code).toBe("DECOMPRESSION_LIMIT");
  expect(allText(document)).toBe("the next page\n");
}, 60_000);

test("an object stream that inflates without end ends the document when it is asked for, and only then", () => {
  const bomb = () => {
    const writer = new PdfWriter();
    writer.addDeflated(new Uint8Array(300 << 20), "/Type /ObjStm /N 1 /First 10");
    return writer;
  };
  expect(allText(read(simplePdf([{ content: showLines(["x"]) }], "", "", bomb())))).toBe("x\n");
  // Without a table the file is searched for objects, in object streams too.
  const lost = Buffer.from(simplePdf([{ content: showLines(["x"]), entries: "/Rotate 999 0 R" }], "", "", bomb()));
  const cut = lost.subarray(0, lost.lastIndexOf("xref\n0 "));
  expect(failure(new Uint8Array(cut)).code).toBe("DECOMPRESSION_LIMIT");
}, 60_000);

test("forms that call themselves, and each other by the thousand", () => {
  const writer = new PdfWriter();
  const ids = Array.from({ length: 12 }, () => writer.reserve());
  ids.forEach((id, i) => {
    const next = ids[(i + 1) % ids.length];
    const content = "/Next Do ".repeat(10);
    writer.set(
      id,
      `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Next ${next} 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  const page = {
    content: `${showLines(["before the forms"])} /First Do`,
    resources: `/XObject << /First ${ids[0]} 0 R >>`,
  };
  const document = read(simplePdf([page], "", "", writer));
  expect(document.pages[0]?.error?.code).toBe("NESTING_LIMIT");
  expect(allText(document)).toBe("before the forms\n");
}, 60_000);

test("forms that fan out end with the operators of their page", () => {
  const writer = new PdfWriter();
  let next = writer.addStream("n", "/Subtype /Form /BBox [0 0 9 9]");
  for (let depth = 0; depth < 12; depth += 1) {
    const dict = `/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N ${next} 0 R >> >>`;
    next = writer.addStream("/N Do ".repeat(10), dict);
  }
  const document = read(simplePdf([{ content: "/X Do", resources: `/XObject << /X ${next} 0 R >>` }], "", "", writer));
  expect(document.pages[0]?.error?.code).toBe("OPERATOR_LIMIT");
}, 60_000);

test("more operators and more glyphs than any page has", () => {
  const glyphs = `BT /F1 9 Tf 9 9 Td ${`(${"x".repeat(1_000)}) Tj `.repeat(2_100)} ET`;
  const document = read(simplePdf([{ content: "n\n".repeat(21_000_000) }, { content: glyphs }]));
  expect(document.pages.map((page) => page.error?.code)).toEqual(["OPERATOR_LIMIT", "GLYPH_LIMIT"]);
}, 60_000);

test("chains of lengths, parents, page nodes and outline items without an end", () => {
  const writer = new PdfWriter();
  const streams = Array.from({ length: 20_000 }, () => writer.reserve());
  streams.forEach((id, i) => {
    const length = `${streams[(i + 1) % streams.length]} 0 R`;
    writer.set(id, `<< /Length ${length} >>\nstream\n${showLines(["its own measure"])}\nendstream`);
  });
  const entries = `/Contents ${streams[0]} 0 R`;
  expect(read(simplePdf([{ content: "", entries }], "", "", writer)).pageCount).toBe(1);

  const nodes = new PdfWriter();
  const depth = 50_000;
  const ids = Array.from({ length: depth }, () => nodes.reserve());
  ids.forEach((id, i) => {
    const parent = `/Parent ${ids[(i + depth - 1) % depth]} 0 R`;
    const kids = i + 1 < depth ? `/Type /Pages /Count 1 /Kids [${ids[i + 1]} 0 R]` : "/Type /Page";
    nodes.set(id, `<< ${kids} ${parent} >>`);
  });
  const deep = extract(nodes.finish(nodes.add(`<< /Type /Catalog /Pages ${ids[0]} 0 R >>`)));
  expect(deep.ok ? deep.document.pageCount : 0).toBe(1);

  const outline = new PdfWriter();
  const item = outline.reserve();
  outline.set(item, `<< /Title (again) /First ${item} 0 R /Next ${item} 0 R /Parent ${item} 0 R >>`);
  const looped = simplePdf([{ content: "" }], "", `/Outlines ${item} 0 R`, outline);
  expect(read(looped, { structure: true }).structure?.outline).toHaveLength(1);
}, 60_000);

test("fonts by the thousand that each name a large CMap share it", () => {
  const font =
    "<< /Type /Font /Subtype /Type0 /Encoding /UniJIS-UTF16-H /DescendantFonts [<< /CIDSystemInfo << /Ordering (Japan1) >> >>] >>";
  const fonts = Array.from({ length: 2_000 }, (_, i) => `/J${i} ${font}`).join(" ");
  const shown = Array.from({ length: 2_000 }, (_, i) => `/J${i} 9 Tf <3042> Tj`).join(" ");
  const before = process.memoryUsage.rss();
  expect(allText(read(simplePdf([{ content: `BT 9 9 Td ${shown} ET`, fonts }])))).toStartWith("あ");
  // Each on its own they took 700 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(350 << 20);
}, 60_000);

test("unbalanced operators and operands of the wrong kind", () => {
  const junk = "Q Q EMC ET ] >> ) 1 2 Tf /X Tj [ (a) /B << Td 1e9 0 0 0 0 0 cm (x) ' \" BI ID q q q BDC";
  const document = read(simplePdf([{ content: `${junk} ${"q ".repeat(10_000)}` }, { content: showLines(["fine"]) }]));
  expect(allText(document)).toContain("fine");
});

test("a page of scattered glyphs costs no more than its size", () => {
  const place = (i: number) => `1 0 0 1 ${(i * 7919) % 590} ${(i * 104_729) % 840} Tm (x) Tj`;
  const content = `BT /F1 6 Tf ${Array.from({ length: 60_000 }, (_, i) => place(i)).join("\n")} ET`;
  expect(read(simplePdf([{ content }])).pages[0]?.verdict).toBe("text");
}, 20_000);

test("numbers beyond all bounds place no text and break nothing", () => {
  const huge = "9".repeat(400);
  const content = `BT /F1 ${huge} Tf ${huge} ${huge} Td (big) Tj 0 0 0 0 0 0 Tm /F1 0 Tf (none) Tj ET ${showLines(["fine"])}`;
  expect(allText(read(simplePdf([{ content }])))).toContain("fine");
});

test("random damage never takes the process down", () => {
  const bytes = simplePdf([{ content: showLines(["some text to damage", "in two lines"]) }]);
  // A linear congruential generator: the same damage on every run.
  let state = 12_345;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state % below;
  };
  let readable = 0;
  for (let round = 0; round < 3_000; round++) {
    const damaged = concat([bytes]);
    for (let i = 0; i < 1 + next(8); i++) {
      damaged[next(damaged.length)] = next(256);
    }
    const result = extract(damaged);
    readable += Number(result.ok);
    if (!result.ok) {
      expect(result.error.code).not.toBe("NATIVE_PANIC");
    } else {
      expect(result.document.pages.every((page) => page.error?.code !== "NATIVE_PANIC")).toBe(true);
    }
  }
  expect(readable).toBeGreaterThan(1_500);
});
