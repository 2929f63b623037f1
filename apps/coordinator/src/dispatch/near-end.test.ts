import { expect, test } from "bun:test";
import { NearEnd } from "./near-end.ts";

test("tells once, when what is left takes a moment at the pace so far", async () => {
  let told = 0;
  const nearEnd = new NearEnd(100, () => (told += 1));
  await Bun.sleep(40);
  // 4 ms each at least: 90 more are 360 ms.
  nearEnd.sawItem(90);
  expect(told).toBe(0);
  nearEnd.sawItem(1);
  nearEnd.sawItem(0);
  expect(told).toBe(1);
});
