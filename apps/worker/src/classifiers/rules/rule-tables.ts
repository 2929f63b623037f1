/** Numbers as wide as the largest of them needs. */
export type IndexArray = Uint16Array | Uint32Array;

/**
 * A taxonomy compiled to flat arrays: what a process must have in memory to judge documents, and exactly what the file of the built-in taxonomy holds. Words and word
 * beginnings have ids; a phrase is a path of ids in a trie whose nodes are numbered level by level, so that the children of a node stand side by side, sorted by id,
 * and a word that begins phrases has the number of its node as id.
 *
 * Between two documents the caches fill with other things, so the arrays are laid out for few cache lines a word: what is read together stands together, and filters of
 * a few kilobytes answer for most words.
 */
export interface RuleTables {
  readonly meta: RuleMeta;
  /** Open addressing, two a slot: the key of a word, and its `Entry` with id + 1 (0 marks a free slot). */
  readonly wordSlots: Int32Array;
  readonly prefixSlots: Int32Array;
  /** A bit for each word's key, for the hash of each prefix, and for each node with the id of a child: a bit that is not set is a sure no. */
  readonly wordFilter: Uint8Array;
  readonly prefixFilter: Uint8Array;
  readonly pairFilter: Uint8Array;
  /** `Clue` bits by id. */
  readonly clues: Uint16Array;
  /** Where a node's children begin; they end where those of the next node begin. */
  readonly firstChild: IndexArray;
  /** By node: an `Entry` with the id that leads to it from its parent. */
  readonly edges: Int32Array;
  /** Where a node's postings begin; none where no term ends. */
  readonly postingFrom: IndexArray;
  /** Two a posting: its weight (32-bit float), and its category with the `PostingKind` in the bits from 16. */
  readonly postings: Uint32Array;
  /** Where the posting's term begins in `texts`; it ends where the next one begins. */
  readonly postingText: Uint32Array;
  /** The terms as the taxonomy writes them, UTF-8, read only to explain a label. */
  readonly texts: Uint8Array;
  /** Detectors that any category refers to, as indexes of `structureNames`. */
  readonly detectors: Uint8Array;
  /** By detector, then category. */
  readonly structureWeights: Float32Array;
}

/** Bits beside an id. */
export const Entry = {
  IdBits: 0xff_ffff,
  /** Words of the phrase so far, at most 15. */
  DepthShift: 24,
  DepthBits: 15,
  /** The word is a clue. */
  Clue: 1 << 28,
  /** A term ends here, and a phrase goes on from here. */
  Ends: 1 << 29,
  GoesOn: 1 << 30,
} as const;

export interface RuleMeta {
  readonly rulesVersion: string;
  /** SHA-256 (hex) of the taxonomy. */
  readonly taxonomyHash: string;
  readonly categories: readonly string[];
  /** A document may have several of them. */
  readonly multiLabel?: true;
  /** Points that the unnamed rest of the world starts with, and how many make the odds e:1. */
  readonly background: number;
  /** How many times the mean points of the categories not in question are added to it. */
  readonly byChance: number;
  readonly pointsPerNat: number;
  /** The entry that any number has. */
  readonly numberEntry: number;
  /** Ids below it are nodes. */
  readonly rootCount: number;
}

export const PostingKind = { Alias: 0, Keyword: 1, Description: 2 } as const;

/** An array of 16 bits where `largest` fits, otherwise of 32. */
export function indexArray(length: number, largest: number): IndexArray {
  return largest < 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}

const sections = [
  "wordSlots",
  "prefixSlots",
  "wordFilter",
  "prefixFilter",
  "pairFilter",
  "clues",
  "firstChild",
  "edges",
  "postingFrom",
  "postings",
  "postingText",
  "texts",
  "detectors",
  "structureWeights",
] as const satisfies readonly Exclude<keyof RuleTables, "meta">[];

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float32Array } as const;
type ArrayName = keyof typeof arrayTypes;

const MAGIC = 0x524c_5553; // "SULR"
const FORMAT = 1;
const ALIGNMENT = 8;

interface FileHeader {
  readonly meta: RuleMeta;
  readonly sections: readonly (readonly [name: string, type: ArrayName, length: number])[];
}

/**
 * One file: magic, format and header length (32 bits each, little-endian like the arrays), a JSON header that names version, hash and sections, then the arrays, each
 * at a multiple of 8.
 */
export function encodeRuleTables(tables: RuleTables): Uint8Array {
  const header: FileHeader = {
    meta: tables.meta,
    sections: sections.map((name) => [name, tables[name].constructor.name as ArrayName, tables[name].length]),
  };
  const json = Buffer.from(JSON.stringify(header));
  const start = Buffer.from(Uint32Array.of(MAGIC, FORMAT, json.length).buffer);
  const parts: Uint8Array[] = [start, json];
  let length = start.length + json.length;
  for (const name of sections) {
    const { buffer, byteOffset, byteLength } = tables[name];
    const padding = new Uint8Array(aligned(length) - length);
    parts.push(padding, new Uint8Array(buffer, byteOffset, byteLength));
    length += padding.length + byteLength;
  }
  return Buffer.concat(parts);
}

/**
 * Views over the bytes of such a file, without copying them. @throws Error when they are of another format or another version of the rules: the file was not
 * generated again after a change.
 */
export function decodeRuleTables(bytes: Uint8Array, rulesVersion: string): RuleTables {
  const whole = bytes.byteOffset % ALIGNMENT === 0 ? bytes : new Uint8Array(bytes);
  const [magic, format, headerLength = 0] = new Uint32Array(whole.buffer, whole.byteOffset, 3);
  if (magic !== MAGIC || format !== FORMAT)
    throw new Error(`The compiled rules are not of format ${FORMAT}; generate them again.`);
  const header = JSON.parse(Buffer.from(whole.buffer, whole.byteOffset + 12, headerLength).toString()) as FileHeader;
  if (header.meta.rulesVersion !== rulesVersion)
    throw new Error(`The compiled rules are of ${header.meta.rulesVersion}, not ${rulesVersion}; generate them again.`);
  let offset = 12 + headerLength;
  const views = header.sections.map(([name, type, length]) => {
    offset = aligned(offset);
    const view = new arrayTypes[type](whole.buffer as ArrayBuffer, whole.byteOffset + offset, length);
    offset += view.byteLength;
    return [name, view] as const;
  });
  return { meta: header.meta, ...Object.fromEntries(views) } as unknown as RuleTables;
}

function aligned(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
