/** Fonts without outlines, byte by byte: the tables that tell text and nothing else. */
import { concat, latin1 } from "../test/pdf-writer.ts";

/** The clear text of a Type 1 program. */
export function type1Font(): Uint8Array {
  return latin1(
    "%!PS-AdobeFont-1.0: Made\n/FontName /Made def /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\n" +
      "dup 65 /A put dup 66 /f_i put dup 8#103 /uni0416 put readonly def\ncurrentfile eexec\n",
  );
}

/** A CFF program with four glyphs; `cidKeyed` gives them CIDs instead of names. */
export function cffFont(cidKeyed = false): Uint8Array {
  const header = new Uint8Array([1, 0, 4, 1]);
  const names = index([latin1("Made")]);
  const strings = index([latin1("afii10023"), latin1("f_f_i")]);
  const number = (value: number) => [29, value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
  const top = (charset: number, encoding: number, glyphs: number) =>
    index([
      new Uint8Array([
        ...(cidKeyed ? [139, 139, 139, 12, 30] : []),
        ...number(charset),
        15,
        ...number(encoding),
        16,
        ...number(glyphs),
        17,
      ]),
    ]);
  const start = header.length + names.length + top(0, 0, 0).length + strings.length + 2;
  const charset = new Uint8Array([0, 0, 34, 1, 135, 1, 136]);
  const encoding = new Uint8Array([1, 1, 65, 2]);
  const glyphs = index([[14], [14], [14], [14]].map((code) => new Uint8Array(code)));
  const head = [header, names, top(start, start + charset.length, start + charset.length + encoding.length), strings];
  return concat([...head, index([]), charset, encoding, glyphs]);
}

/** A TrueType program with `cmap` subtables of the four formats and a `post` table; with `cff` an OpenType one. */
export function trueTypeFont(cff?: Uint8Array): Uint8Array {
  const format0 = concat([u16(0, 262, 0), Uint8Array.from({ length: 256 }, (_, i) => (i === 65 ? 1 : 0))]);
  const format4 = u16(4, 32, 0, 4, 4, 1, 0, 0x43, 0xffff, 0, 0x41, 0xffff, 0xffc0, 1, 0, 0);
  const format6 = u16(6, 16, 0, 0xf041, 3, 1, 2, 3);
  const format12 = concat([u16(12, 0), u32(28, 0, 1, 0x1f600, 0x1f602, 1)]);
  const tables = [format4, format6, format0, format12];
  const ids: [number, number][] = [
    [3, 1],
    [3, 0],
    [1, 0],
    [3, 10],
  ];
  let offset = 4 + 8 * tables.length;
  const records = tables.map((table, i) => {
    const record = concat([u16(...(ids[i] ?? [0, 0])), u32(offset)]);
    offset += table.length;
    return record;
  });
  const cmap = concat([u16(0, tables.length), ...records, ...tables]);
  const post = concat([u32(0x2_0000, 0, 0, 0, 0, 0, 0, 0), u16(4, 0, 36, 258, 259), latin1("\x05alpha\x03f_l")]);
  const parts: [string, Uint8Array][] = [
    ["cmap", cmap],
    ["post", post],
  ];
  if (cff !== undefined) parts.unshift(["CFF ", cff]);
  let at = 12 + 16 * parts.length;
  const directory = parts.map(([tag, data]) => {
    const entry = concat([latin1(tag), u32(0, at, data.length)]);
    at += data.length;
    return entry;
  });
  const kind = cff === undefined ? u32(0x1_0000) : latin1("OTTO");
  return concat([kind, u16(parts.length, 0, 0, 0), ...directory, ...parts.map(([, data]) => data)]);
}

function index(objects: Uint8Array[]): Uint8Array {
  if (objects.length === 0) return u16(0);
  const ends = objects.reduce<number[]>((sums, object) => [...sums, (sums.at(-1) ?? 1) + object.length], [1]);
  return concat([u16(objects.length), new Uint8Array([1, ...ends]), ...objects]);
}

function u16(...values: number[]): Uint8Array {
  return new Uint8Array(values.flatMap((value) => [(value >> 8) & 255, value & 255]));
}

function u32(...values: number[]): Uint8Array {
  return concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
}
