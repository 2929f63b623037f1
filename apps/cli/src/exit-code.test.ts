import { describe, expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { exitCodeOf } from "./exit-code.ts";

describe("exitCodeOf", () => {
  test.each([
    ["USAGE", 2],
    ["PATH_NOT_FOUND", 2],
    ["NO_DOCUMENTS", 2],
    ["TAXONOMY_INVALID", 2],
    ["DATA_DIR_IN_USE", 3],
    ["PORT_IN_USE", 3],
    ["DISK_FULL", 3],
    ["SCHEMA_NEWER", 3],
    ["CONFLICT", 3],
    ["INVALID_PDF", 1],
    ["INTERRUPTED", 130],
  ] as const)("%s ends with %d", (code, exit) => {
    expect(exitCodeOf(new AppError(code, "x"))).toBe(exit);
  });

  test("an error without a code could not run", () => {
    expect(exitCodeOf(new TypeError("x"))).toBe(3);
  });
});
