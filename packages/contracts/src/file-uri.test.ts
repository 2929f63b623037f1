import { describe, expect, test } from "bun:test";
import { displayUri, filePathBytes, fileUri } from "./file-uri.ts";

describe("fileUri", () => {
  test("brings every byte but NUL back, UTF-8 or not", () => {
    const path = Uint8Array.from([0x2f, ...Array.from({ length: 255 }, (_, index) => index + 1)]);
    expect(filePathBytes(fileUri(path))).toEqual(path);
  });

  test("leaves plain names readable", () => {
    expect(fileUri("/data/invoice-1_a.pdf")).toBe("file:///data/invoice-1_a.pdf");
  });

  test.each(["http://host/a", "file://host/a", "file:///a%zz", "file:///a%00b"])("refuses %s", (uri) => {
    expect(filePathBytes(uri)).toBeNull();
  });

  test("shows names without letting them write to the terminal", () => {
    expect(displayUri(fileUri("/a\u001b[2J\nb é.pdf"))).toBe("/a\\u001b[2J\\u000ab é.pdf");
    expect(displayUri(fileUri("/\u202efdp\u200f\u061c.exe"))).toBe("/\\u202efdp\\u200f\\u061c.exe");
  });
});
