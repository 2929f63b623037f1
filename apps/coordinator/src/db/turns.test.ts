import { expect, test } from "bun:test";
import { Turns } from "./turns.ts";

test("so many at a time, first come first served, also after one that failed", async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const works = ends.map(({ promise }, index) =>
    turns.take(() => {
      begun.push(index);
      return promise;
    }),
  );
  expect([begun, turns.waiting]).toEqual([[0, 1], 2]);
  ends[1]?.reject(new Error("as planned"));
  expect(works[1]).rejects.toThrow("as planned");
  await works[1]?.catch(() => undefined);
  await Bun.sleep(0);
  expect([begun, turns.waiting]).toEqual([[0, 1, 2], 1]);
  for (const { resolve } of ends) resolve();
  await Promise.allSettled(works);
  expect([begun, turns.waiting]).toEqual([[0, 1, 2, 3], 0]);
  expect(await turns.take(() => Promise.resolve("free again"))).toBe("free again");
});
