import { expect, test } from "bun:test";
import { argumentBytes } from "./argument-bytes.ts";

test("names that are no text keep their bytes, two that look alike included", () => {
  const [first, second] = [Buffer.from([0x63, 0xe9]), Buffer.from([0x63, 0xe8])];
  const commandLine = Buffer.concat([
    Buffer.from("bun\0main.ts\0classify\0"),
    first,
    Buffer.from("\0"),
    second,
    Buffer.from("\0"),
  ]);
  const texts = [first.toString(), "plain", second.toString()];
  expect(argumentBytes(texts, () => commandLine)).toEqual([first, Buffer.from("plain"), second]);
});

test("where nobody tells, the text has to do", () => {
  const broken = () => {
    throw new Error("no /proc");
  };
  expect(argumentBytes(["a\ufffd"], broken)).toEqual([Buffer.from("a\ufffd")]);
  expect(argumentBytes(["a"], broken)).toEqual([Buffer.from("a")]);
});
