import { expect, test } from "bun:test";
import { onceArguments } from "./once-arguments.ts";

const cwd = Buffer.from("/home/me");
const read = (...args: (string | Buffer)[]) =>
  onceArguments(
    args.map((argument) => Buffer.from(argument)),
    cwd,
  );

test("a path, relative or not, a URI, and names that are no text", () => {
  expect(read("a b.pdf").uri).toBe("file:///home/me/a%20b.pdf");
  expect(read("/abs.pdf", "--json")).toEqual({ uri: "file:///abs.pdf", pages: null, format: "json" });
  expect(read("file:///x%FFy").uri).toBe("file:///x%FFy");
  expect(read(Buffer.from([0x2f, 0xff, 0x0a])).uri).toBe("file:///%FF%0A");
  expect([read("-").uri, read("--json", "--", "-").uri]).toEqual(["-", "-"]);
  expect(read("./-").uri).toBe("file:///home/me/./-");
  expect(read("--", "--json").uri).toBe("file:///home/me/--json");
});

test("pages", () => {
  expect(read("f", "--pages", "3-5").pages).toEqual({ from: 3, to: 5 });
  expect(read("--pages=7", "f").pages).toEqual({ from: 7, to: 7 });
  expect(read("f", "--pages", "3-").pages).toEqual({ from: 3, to: 999_999_999 });
  for (const wrong of ["0", "5-3", "a", "", "0-", "-3"])
    expect(() => read("f", "--pages", wrong)).toThrow("--pages takes");
});

test("formats", () => {
  expect(read("f").format).toBe("text");
  expect(read("f", "--format", "markdown").format).toBe("markdown");
  expect(read("f", "--format", "info").format).toBe("info");
  expect(read("f", "--format=json", "--json").format).toBe("json");
  expect(() => read("f", "--format", "html")).toThrow("--format takes");
  expect(() => read("f", "--format")).toThrow("--format takes");
  expect(() => read("f", "--format", "markdown", "--json")).toThrow("either markdown or json");
});

test("wrong use says how to use it", () => {
  expect(() => read()).toThrow("use: extract FILE");
  expect(() => read("a", "b")).toThrow("One file at a time");
  expect(() => read("a", "--jsno")).toThrow("no option --jsno");
});
