import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSecretFiles } from "./read-secret-files.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "token");
writeFileSync(path, "from-a-file\n");

test("a secret may be in a file, without its last line's end", () => {
  const read = readSecretFiles({ SLUICE_TOKEN_FILE: path, OTHER_FILE: "/nowhere" }, ["SLUICE_TOKEN"]);
  expect(read["SLUICE_TOKEN"]).toBe("from-a-file");
  expect(readSecretFiles({ SLUICE_TOKEN: "given", SLUICE_TOKEN_FILE: "" }, ["SLUICE_TOKEN"])["SLUICE_TOKEN"]).toBe(
    "given",
  );
});

test("both at once, and a file that is not there, are named", () => {
  expect(() => readSecretFiles({ A: "x", A_FILE: path }, ["A"])).toThrow("A and A_FILE");
  expect(() => readSecretFiles({ A_FILE: join(folder, "none") }, ["A"])).toThrow("A_FILE");
});
