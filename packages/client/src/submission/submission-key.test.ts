import { expect, test } from "bun:test";
import { submissionKey } from "./submission-key.ts";

test("the same work has the same key, however it was asked for", () => {
  const key = submissionKey(["/a", "/b"], { classifier: "rules", store: "full" }, undefined);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(submissionKey(["/b", "/a"], { store: "full", classifier: "rules", force: true }, undefined)).toBe(key);
  expect(submissionKey(["/a"], { classifier: "rules", store: "full" }, undefined)).not.toBe(key);
  expect(submissionKey(["/a", "/b"], { classifier: "none", store: "full" }, undefined)).not.toBe(key);
  expect(submissionKey(["/a", "/b"], { classifier: "rules", store: "full" }, 5)).not.toBe(key);
});
