import { describe, expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { errorFacts, formatError, toAppError } from "./format-error.ts";

describe("formatError", () => {
  test("says what happened, to what, and the next step", () => {
    const text = formatError(errorFacts(new AppError("PATH_NOT_FOUND", "no such file or directory: /a/b")));
    expect(text).toBe("PATH_NOT_FOUND  no such file or directory: /a/b\n  Check the path.\n");
  });

  test("a hostile name cannot drive the terminal", () => {
    const text = formatError(errorFacts(new AppError("PATH_NOT_FOUND", "no such file: \u001b]0;owned\u0007")));
    expect(text).toContain("\\u001b]0;owned\\u0007");
    expect(text).not.toContain("\u001b");
  });

  test("errors of the operating system and of other packages get their names", () => {
    expect(errorFacts(Object.assign(new Error("write failed"), { code: "ENOSPC" })).code).toBe("DISK_FULL");
    expect(errorFacts(Object.assign(new Error("line 3"), { code: "TAXONOMY_INVALID" })).code).toBe("TAXONOMY_INVALID");
    expect(errorFacts(new TypeError("x is not a function")).code).toBe("INTERNAL");
    expect(errorFacts("thrown text").message).toBe("thrown text");
  });

  test("wrong use is sent to the help of the command that was called", () => {
    const wrong = new AppError("USAGE", "unknown option '--x'");
    expect(errorFacts(wrong, "sluice tokens rotate").advice).toBe("See `sluice tokens rotate --help`.");
    expect(errorFacts(new AppError("NOT_FOUND", "x"), "sluice text").advice).toStartWith("Check the id");
  });

  test("the cause is kept", () => {
    const cause = new Error("x");
    expect(toAppError(cause).cause).toBe(cause);
  });
});
