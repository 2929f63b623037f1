import { expect, test } from "bun:test";
import { extract } from "../src/index.ts";
import { latin1, showLines, simplePdf } from "./pdf-writer.ts";

test("extraction in a loop, of whole and of broken input, does not grow the process", () => {
  const whole = simplePdf(Array.from({ length: 5 }, () => ({ content: showLines(["a line of text"]).repeat(200) })));
  const inputs = [whole, whole.subarray(0, whole.length / 2), latin1("%PDF-1.7 broken"), latin1("no PDF")];
  const round = () => {
    for (let i = 0; i < 400; i++) {
      for (const input of inputs) {
        extract(input);
      }
    }
    Bun.gc(true);
    return process.memoryUsage.rss();
  };
  // Allocators and the JIT settle in the first rounds; a leak of one result a call (100 KB) would add 160 MB a round.
  round();
  const settled = round();
  round();
  expect(round() - settled).toBeLessThan(48 << 20);
}, 60_000);
