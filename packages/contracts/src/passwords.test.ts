import { expect, test } from "bun:test";
import { openBatchRequestSchema } from "./batch.ts";
import { passwordLines, passwordsSchema } from "./passwords.ts";

test("any line is a password; a fault is told without it", () => {
  const good = ["plain", " with spaces ", "Größe", "秘密", "$'\"\\"];
  expect(passwordsSchema.parse(good)).toEqual(good);
  for (const bad of ["", "two\nlines", "nul\0", "x".repeat(501)]) {
    const { error } = passwordsSchema.safeParse([bad]);
    expect(error?.issues).toHaveLength(1);
    if (bad !== "") expect(JSON.stringify(error)).not.toContain(bad.slice(0, 3));
  }
  expect(passwordsSchema.safeParse(Array.from({ length: 101 }, String)).success).toBe(false);
});

test("passwords stand beside the options of a batch, which are stored, not among them", () => {
  const { options, passwords } = openBatchRequestSchema.parse({ passwords: ["secret"] });
  expect(passwords).toEqual(["secret"]);
  expect(JSON.stringify(options)).not.toContain("secret");
  expect(openBatchRequestSchema.parse({}).passwords).toEqual([]);
});

test("one a line: spaces and all but the line's end belong to it, empty lines are none", () => {
  expect(passwordLines("\uFEFFone\r\n two \n\nGröße\r\n")).toEqual(["one", " two ", "Größe"]);
  expect(passwordLines("")).toEqual([]);
});
