import { readFileSync } from "node:fs";

/**
 * Arguments as the bytes that were given: a runtime's argv is text, in which a name that is no UTF-8 has lost its own.
 * Linux tells the original; elsewhere file names are text. Equal texts are matched in their order.
 */
export function argumentBytes(
  texts: readonly string[],
  readCommandLine: () => Buffer = () => readFileSync("/proc/self/cmdline"),
): Uint8Array[] {
  if (!texts.some((text) => text.includes("\ufffd"))) return texts.map((text) => Buffer.from(text));
  let given: Buffer[];
  try {
    given = splitAtNul(readCommandLine());
  } catch {
    given = [];
  }
  return texts.map((text) => {
    const index = given.findIndex((bytes) => bytes.toString() === text);
    return index < 0 ? Buffer.from(text) : (given.splice(index, 1)[0] ?? Buffer.from(text));
  });
}

function splitAtNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0, start);
    parts.push(bytes.subarray(start, end < 0 ? bytes.length : end));
    start = (end < 0 ? bytes.length : end) + 1;
  }
  return parts;
}
