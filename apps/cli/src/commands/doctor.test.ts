import { expect, test } from "bun:test";
import { fail, ok } from "../doctor/finding.ts";
import { plainPaint } from "../output/paint.ts";
import { formatFinding } from "./doctor.ts";

test("a finding is a line, with what to do below", () => {
  expect(formatFinding(ok("cores", "8"), 80, plainPaint)).toBe("ok    cores           8\n");
  expect(formatFinding(fail("worker", "did not start:\n\u001b[2J", "Build it."), 80, plainPaint)).toBe(
    "FAIL  worker          did not start:\n      \\u001b[2J\n      Build it.\n",
  );
});
