import { expect, test } from "bun:test";
import { slotShare } from "./slot-share.ts";

const workers = Array.from({ length: 400 }, (_, index) => ({ workerId: Bun.randomUUIDv7(), slots: 1 + (index % 9) }));

test("the shares of a worker add up to its slots and differ by one at most", () => {
  for (const coordinators of [1, 2, 3, 7, 12]) {
    for (const worker of workers) {
      const shares = Array.from({ length: coordinators }, (_, rank) => slotShare(worker, { rank, coordinators }));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(worker.slots);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  }
});

test("over a fleet of small workers nobody comes off badly", () => {
  const small = workers.map(({ workerId }) => ({ workerId, slots: 1 }));
  const first = small.reduce((sum, worker) => sum + slotShare(worker, { rank: 0, coordinators: 2 }), 0);
  // Of 400 tosses, 8 standard deviations.
  expect(Math.abs(first - 200)).toBeLessThan(80);
});
