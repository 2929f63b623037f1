import { expect, test } from "bun:test";
import { PRIORITIES } from "@sluice/contracts";
import { frontOf, HELD_OFFSET, priorityAt, rangeOf } from "./fair-order.ts";

test("classes lie apart, however long they are, and all of it fits an integer of PostgreSQL", () => {
  for (const [index, priority] of PRIORITIES.entries()) {
    const { front, back } = rangeOf(priority);
    expect(priorityAt(priority, 0, 1)).toBe(front);
    expect(frontOf(priority)).toBe(front);
    // Past the last tag there is no other class.
    expect(priorityAt(priority, Number.MAX_SAFE_INTEGER, 1_000) - 1_000).toBeGreaterThanOrEqual(back);
    const next = PRIORITIES[index + 1];
    if (next !== undefined) expect(back).toBeGreaterThan(rangeOf(next).front);
    expect(back - HELD_OFFSET).toBeGreaterThan(-(2 ** 31));
    expect(front - HELD_OFFSET).toBeLessThan(rangeOf("bulk").back);
    // Class by class in SQL, too.
    expect([front, back].map((value) => Math.ceil(value / 300_000_000) + 0)).toEqual([1 - index, 1 - index]);
  }
});

test("each further tag is one less", () => {
  expect(priorityAt("normal", 17, 3)).toBe(-17);
  expect(priorityAt("bulk", 17, 3)).toBe(-300_000_017);
});
