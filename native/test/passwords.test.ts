import { describe, expect, test } from "bun:test";
import { extractAsync } from "../src/index.ts";
import { allText, failure, read } from "./read.ts";

const FIXTURES = `${import.meta.dir}/fixtures`;
const fixture = (name: string) => Bun.file(`${FIXTURES}/${name}.pdf`).bytes();

const KINDS = [
  ["RC4, 40 bits", "password-rc4-40"],
  ["RC4, 128 bits", "password-rc4-128"],
  ["RC4, 128 bits, by crypt filter", "password-rc4-128-filters"],
  ["AES, 128 bits", "password-aes128"],
  ["AES, 256 bits, revision 5", "password-aes256-r5"],
  ["AES, 256 bits, revision 6", "user-password"],
] as const;

describe.each(KINDS)("%s", (_, name) => {
  test("opens with its user password, among others", async () => {
    const document = read(await fixture(name), { passwords: ["wrong", "secret", "more"] });
    expect(allText(document)).toContain("Opened with");
    expect(document.metadata.encrypted).toBe(true);
  });

  test("opens with its owner password", async () => {
    expect(allText(read(await fixture(name), { passwords: ["owner"] }))).toContain("Opened with a password");
  });

  test("asks for a password when none is given, and says that one is wrong", async () => {
    const bytes = await fixture(name);
    expect(failure(bytes)).toMatchObject({ code: "PASSWORD_REQUIRED", message: expect.stringContaining("qpdf") });
    expect(failure(bytes, { passwords: [] }).code).toBe("PASSWORD_REQUIRED");
    const one = failure(bytes, { passwords: ["Secret"] });
    expect(one).toMatchObject({ code: "WRONG_PASSWORD", message: expect.not.stringContaining("Secret") });
    expect(failure(bytes, { passwords: ["no", ""] }).message).toContain("none of the 2 passwords");
  });
});

describe.each(["password-unicode-aes256", "password-unicode-aes128"])("passwords beyond ASCII: %s", (name) => {
  test.each(["Größe", "propriétaire", "Gro\u0308ße"])("%s", async (password) => {
    expect(allText(read(await fixture(name), { passwords: [password] }))).toContain("Opened with a password");
  });
});

test("the empty password is tried first, whatever is given", async () => {
  const bytes = await fixture("empty-password-aes256");
  expect(allText(read(bytes, { passwords: ["wrong"] }))).toContain("Opened without a password");
});

test("the asynchronous call takes passwords as well", async () => {
  const bytes = await fixture("password-aes128");
  expect(await extractAsync(bytes, { passwords: ["secret"] })).toMatchObject({ ok: true });
  expect(await extractAsync(bytes)).toMatchObject({ ok: false, error: { code: "PASSWORD_REQUIRED" } });
});
