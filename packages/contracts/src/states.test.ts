import { describe, expect, test } from "bun:test";
import { BATCH_STATES, canMove, CLASSIFY_STATES, EXTRACT_STATES } from "./states.ts";

describe("canMove", () => {
  test("a finished item moves only when a failure is retried", () => {
    const final = EXTRACT_STATES.filter((state) => state !== "pending" && state !== "failed");
    for (const from of final) for (const to of EXTRACT_STATES) expect(canMove("extract", from, to)).toBe(false);
    expect(canMove("extract", "failed", "pending")).toBe(true);
    expect(canMove("extract", "failed", "succeeded")).toBe(false);
  });

  test("every state of an item can be reached from pending", () => {
    for (const to of EXTRACT_STATES) expect(canMove("extract", "pending", to)).toBe(to !== "pending");
    for (const to of CLASSIFY_STATES) expect(canMove("classify", "pending", to)).toBe(to !== "pending");
  });

  test("a batch that is cancelled stays so, one that is done comes back for a retry only", () => {
    for (const to of BATCH_STATES) {
      expect(canMove("batch", "done", to)).toBe(to === "sealed");
      expect(canMove("batch", "cancelled", to)).toBe(false);
    }
  });
});
