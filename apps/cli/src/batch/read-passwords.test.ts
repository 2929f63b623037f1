import { afterAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { readPasswords } from "./read-passwords.ts";

const scratch = temporaryFolder();
afterAll(() => scratch[Symbol.dispose]());
const file = join(scratch.path, "passwords.txt");
writeFileSync(file, "from file\r\nboth\n\n");

test("flags, then the file, then the environment, each password once and the empty one never", async () => {
  const flags = { password: ["first", "both", ""], passwordFile: file };
  expect(await readPasswords(flags, { passwords: ["last", "first"] })).toEqual(["first", "both", "from file", "last"]);
  expect(await readPasswords({}, { passwords: [] })).toEqual([]);
});

test("faults are named without the password", async () => {
  const read = (password: string[], passwordFile?: string) =>
    readPasswords({ password, passwordFile }, { passwords: [] });
  expect(read(["good", "harbour\nlamp"])).rejects.toThrow(/^password 2 is none: a password is one line/);
  expect(read(["x".repeat(501)])).rejects.toThrow(/^password 1 is none/);
  expect(read(Array.from({ length: 101 }, (_, index) => `p${index}`))).rejects.toThrow(
    "101 passwords were given; 100 at most",
  );
  expect(read([], join(scratch.path, "none"))).rejects.toThrow("no such password file");
  expect(read([], scratch.path)).rejects.toThrow("cannot read the password file");
});
