import { expect, test } from "bun:test";
import { summarise } from "./summarise.ts";

const row = (index: number, pages: number, cpuMs: number, wallMs: number, error?: string) => ({
  index,
  pages,
  cpuMs,
  wallMs,
  peakRssBytes: 1000 + index,
  ...(error === undefined ? {} : { error }),
});

test("every page counts once in the times of a page, and failures keep their reason", () => {
  const rows = [row(0, 98, 98, 98), row(1, 2, 102, 200), row(2, 0, 0, 0, "No\n  password")];
  const figures = summarise({ engine: "native", version: "1", rows }, ["/a/x.pdf", "/a/y.pdf", "/a/z.pdf"]);
  expect(figures).toMatchObject({
    documents: 3,
    failed: 1,
    pages: 100,
    cpuSeconds: 0.2,
    pagesPerCpuSecond: 500,
    peakRssBytes: 1002,
    failures: [{ document: "z.pdf", reason: "No password" }],
  });
  // The two slow pages are 2 %, so the 99th percentile is one of them and the median is not.
  expect(figures.msPerPage).toEqual({ p50: 1, p99: 100, max: 100 });
});

test("an engine that read nothing has no speed", () => {
  const figures = summarise({ engine: "pdfjs", version: "1", rows: [row(0, 0, 0, 0, "timed out after 1 s")] }, [
    "x.pdf",
  ]);
  expect(figures.pagesPerCpuSecond).toBe(0);
  expect(figures.msPerPage).toEqual({ p50: 0, p99: 0, max: 0 });
});
