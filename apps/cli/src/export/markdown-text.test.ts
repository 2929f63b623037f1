import { expect, test } from "bun:test";
import { markdownText } from "./markdown-text.ts";

test.each([
  ["plain text, 3.14 (x) & more", "plain text, 3.14 (x) & more"],
  ["# no heading", "\\# no heading"],
  ["  - no list", "\\- no list"],
  ["1. no list", "1\\. no list"],
  ["12) no list\n2024 was a year", "12\\) no list\n2024 was a year"],
  ["> no quote\n=====\n-----\n~~~", "\\> no quote\n\\=====\n\\-----\n\\~~~"],
  ["    no code", "no code"],
  ["a*b_c`d [x](y) <b> \\", "a\\*b\\_c\\`d \\[x\\](y) \\<b> \\\\"],
  ["&lt; & x", "\\&lt; & x"],
  ["| a | b |", "\\| a | b |"],
])("%j is shown as it is by %j", (text, markdown) => expect(markdownText(text)).toBe(markdown));
