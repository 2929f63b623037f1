import type { StructureName, Taxonomy } from "@sluice/contracts";
import { structureNames } from "@sluice/contracts/structure-names";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import { clueTerms } from "./clue-words.ts";
import { collectTerms, type Posting } from "./collect-terms.ts";
import { Entry, indexArray, PostingKind, type RuleTables } from "./rule-tables.ts";
import { RULES_VERSION } from "./rules-version.ts";
import { termKey, tokenizeTerm, type TermToken } from "./tokenize-term.ts";
import {
  hashWord,
  PAIR_FILTER_BITS,
  pairBit,
  PREFIX_FILTER_BITS,
  prefixBit,
  WORD_FILTER_BITS,
  wordBit,
  wordKey,
} from "./word-hash.ts";

// How many points make the odds e:1, and how many the unnamed rest of the world starts with.
const POINTS_PER_NAT = 2.5;
const BACKGROUND_POINTS = 7;
// How much the rest of the world is credited with, in mean points of categories that are not in question. At 3 no novel and no random list of terms
// gets a label, half as many news and source files as at 0, and every business document that had one keeps it (`bench classify`).
const BACKGROUND_BY_CHANCE = 3;
const MAX_LOAD = 0.7;

interface Word {
  readonly token: TermToken;
  id: number;
  clues: number;
  /** The node of the phrases that begin with it. */
  root: Node | null;
}

interface Node {
  readonly word: Word | null;
  readonly depth: number;
  readonly children: Map<Word, Node>;
  postings: readonly Posting[];
}

/** Compiles a taxonomy: vocabulary, trie of phrases, postings, and the weights of the structural evidence it refers to. */
export function buildRuleTables(taxonomy: Taxonomy): RuleTables {
  const { categories } = taxonomy;
  const words = new Map<string, Word>();
  const wordOf = (token: TermToken): Word => {
    const key = termKey([token]);
    let word = words.get(key);
    if (word === undefined) words.set(key, (word = { token, id: 0, clues: 0, root: null }));
    return word;
  };
  const number = wordOf({ text: "#", prefix: false, number: true });
  for (const { term, bits } of clueTerms()) for (const token of tokenizeTerm(term)) wordOf(token).clues |= bits;

  const trie: Node = { word: null, depth: 0, children: new Map(), postings: [] };
  for (const { tokens, postings } of collectTerms(taxonomy)) {
    let node = trie;
    for (const token of tokens) node = childOf(node, wordOf(token));
    if (node.postings.length === 0) node.postings = postings;
  }
  for (const [word, node] of trie.children) word.root = node;
  const vocabulary = [...words.values()].sort(
    (left, right) => Number(right.root !== null) - Number(left.root !== null),
  );
  vocabulary.forEach((word, id) => (word.id = id));

  // A taxonomy of names and descriptions gathers fewer points than one of weighted keywords, so its background is lower.
  const keyworded = categories.filter((category) => category.keywords.length >= 8).length / categories.length;
  return {
    meta: {
      rulesVersion: RULES_VERSION,
      taxonomyHash: taxonomyHash(taxonomy),
      categories: categories.map((category) => category.id),
      ...(taxonomy.labels === "multi" ? { multiLabel: true as const } : {}),
      background: BACKGROUND_POINTS * (0.3 + 0.7 * keyworded),
      byChance: BACKGROUND_BY_CHANCE * keyworded,
      pointsPerNat: POINTS_PER_NAT * (0.5 + 0.5 * keyworded),
      numberEntry: entryOf(number, number.root),
      rootCount: trie.children.size,
    },
    ...wordTables(vocabulary),
    clues: Uint16Array.from(vocabulary, ({ clues }) => clues),
    ...trieTables(trie),
    ...structureTables(taxonomy),
  };
}

function childOf(node: Node, word: Word): Node {
  let child = node.children.get(word);
  if (child === undefined)
    node.children.set(word, (child = { word, depth: node.depth + 1, children: new Map(), postings: [] }));
  return child;
}

function entryOf(word: Word, node: Node | null): number {
  return (
    word.id |
    (word.clues === 0 ? 0 : Entry.Clue) |
    (Math.min(Entry.DepthBits, node?.depth ?? 0) << Entry.DepthShift) |
    (node === null || node.postings.length === 0 ? 0 : Entry.Ends) |
    (node === null || node.children.size === 0 ? 0 : Entry.GoesOn)
  );
}

function wordTables(vocabulary: readonly Word[]) {
  const prefixes = vocabulary.filter(({ token }) => token.prefix);
  const whole = vocabulary.filter(({ token }) => !token.prefix && !token.number);
  return {
    wordSlots: hashTable(whole),
    prefixSlots: hashTable(prefixes),
    wordFilter: filter(
      WORD_FILTER_BITS,
      whole.map(({ token }) => wordBit(wordKey(hashWord(token.text), token.text.length))),
    ),
    prefixFilter: filter(
      PREFIX_FILTER_BITS,
      prefixes.map(({ token }) => prefixBit(hashWord(token.text))),
    ),
  };
}

function filter(size: number, bits: readonly number[]): Uint8Array {
  const bytes = new Uint8Array((1 << size) / 8);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (1 << (bit & 7));
  return bytes;
}

function hashTable(words: readonly Word[]): Int32Array {
  let size = 16;
  while (size * MAX_LOAD < words.length) size *= 2;
  const slots = new Int32Array(size * 2);
  for (const word of words) {
    const key = wordKey(hashWord(word.token.text), word.token.text.length);
    let slot = key & (size - 1);
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot * 2] = key;
    // The lowest id is 0, and an entry of 0 marks a free slot.
    slots[slot * 2 + 1] = entryOf(word, word.root) + 1;
  }
  return slots;
}

function trieTables(trie: Node) {
  const nodes = childrenOf(trie);
  const childCounts: number[] = [];
  // The list grows while it is walked: level by level.
  for (const node of nodes) {
    const children = childrenOf(node);
    childCounts.push(children.length);
    for (const child of children) nodes.push(child);
  }
  const postings = nodes.flatMap((node) => node.postings);
  const firstChild = indexArray(nodes.length + 1, nodes.length);
  const postingFrom = indexArray(nodes.length + 1, postings.length);
  const pairs: number[] = [];
  let child = trie.children.size;
  let posting = 0;
  nodes.forEach((node, number) => {
    for (const { id } of node.children.keys()) pairs.push(pairBit(number, id));
    firstChild[number] = child;
    postingFrom[number] = posting;
    child += childCounts[number] ?? 0;
    posting += node.postings.length;
  });
  firstChild[nodes.length] = child;
  postingFrom[nodes.length] = posting;
  return {
    pairFilter: filter(PAIR_FILTER_BITS, pairs),
    firstChild,
    edges: Int32Array.from(nodes, (node) => (node.word === null ? 0 : entryOf(node.word, node))),
    postingFrom,
    ...postingTables(postings),
  };
}

function childrenOf(node: Node): Node[] {
  return [...node.children.values()].sort((left, right) => (left.word?.id ?? 0) - (right.word?.id ?? 0));
}

function postingTables(postings: readonly Posting[]) {
  const packed = new Uint32Array(postings.length * 2);
  const weights = new Float32Array(packed.buffer);
  const texts = postings.map(({ term }) => Buffer.from(term));
  const postingText = new Uint32Array(postings.length + 1);
  postings.forEach(({ category, kind, weight }, index) => {
    weights[index * 2] = weight;
    packed[index * 2 + 1] = category | (PostingKind[kind] << 16);
    postingText[index + 1] = (postingText[index] as number) + (texts[index]?.length ?? 0);
  });
  return { postings: packed, postingText, texts: new Uint8Array(Buffer.concat(texts)) };
}

function structureTables({ categories }: Taxonomy): { detectors: Uint8Array; structureWeights: Float32Array } {
  const used = structureNames.filter((name) => categories.some((category) => weightOf(category, name) !== 0));
  return {
    detectors: Uint8Array.from(used, (name) => structureNames.indexOf(name)),
    structureWeights: Float32Array.from(used.flatMap((name) => categories.map((category) => weightOf(category, name)))),
  };
}

function weightOf(category: Taxonomy["categories"][number], name: StructureName): number {
  return category.structure?.[name] ?? 0;
}
