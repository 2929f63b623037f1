import type { StructureName, Taxonomy } from "@sluice/contracts";
import { structureNames } from "@sluice/contracts/structure-names";
import { taxonomyHash } from "@sluice/taxonomy/taxonomy-hash";
import { clueTerms } from "./clues.ts";
import { collectTerms, type Posting } from "./collect-terms.ts";
import { indexArray, PostingKind, type IndexArray, type RuleTables } from "./rule-tables.ts";
import { RULES_VERSION } from "./rules-version.ts";
import { tokenizeTerm, type TermToken } from "./tokenize-term.ts";
import { FILTER_BITS, filterBit, hashWord, wordKey } from "./word-hash.ts";

// How many points make the odds e:1, and how many the unnamed rest of the world starts with.
const POINTS_PER_NAT = 2.5;
const BACKGROUND_POINTS = 7;

interface Word {
  readonly id: number;
  readonly token: TermToken;
}

interface Node {
  readonly id: number;
  readonly depth: number;
  readonly children: Map<number, Node>;
  postings: readonly Posting[];
}

/** Compiles a taxonomy: vocabulary, trie of phrases, postings, and the weights of the structural evidence it refers to. */
export function buildRuleTables(taxonomy: Taxonomy): RuleTables {
  const { categories } = taxonomy;
  const words = new Map<string, Word>();
  const idOf = (token: TermToken): number => {
    const key = token.prefix ? `${token.text}*` : token.text;
    let word = words.get(key);
    if (word === undefined) words.set(key, (word = { id: words.size, token }));
    return word.id;
  };
  // The number comes first and the clues after it: their bits are found by a low id.
  idOf({ text: "#", prefix: false, number: true });
  const clues: number[] = [0];
  for (const { term, bits } of clueTerms()) {
    const [token] = tokenizeTerm(term);
    if (token !== undefined) clues[idOf(token)] = bits | (clues[idOf(token)] ?? 0);
  }

  const trie: Node = { id: -1, depth: 0, children: new Map(), postings: [] };
  for (const { tokens, postings } of collectTerms(taxonomy)) {
    let node = trie;
    for (const token of tokens) node = childOf(node, idOf(token));
    if (node.postings.length === 0) node.postings = postings;
  }

  // A taxonomy of names and descriptions gathers fewer points than one of weighted keywords, so its background is lower.
  const keyworded = categories.filter((category) => category.keywords.length >= 8).length / categories.length;
  return {
    meta: {
      rulesVersion: RULES_VERSION,
      taxonomyHash: taxonomyHash(taxonomy),
      categories: categories.map((category) => category.id),
      background: BACKGROUND_POINTS * (0.3 + 0.7 * keyworded),
      pointsPerNat: POINTS_PER_NAT * (0.5 + 0.5 * keyworded),
    },
    ...vocabulary([...words.values()]),
    clues: Uint16Array.from(clues),
    ...flatten(trie, words.size),
    ...structure(taxonomy),
  };
}

function childOf(node: Node, id: number): Node {
  let child = node.children.get(id);
  if (child === undefined)
    node.children.set(id, (child = { id, depth: node.depth + 1, children: new Map(), postings: [] }));
  return child;
}

function vocabulary(words: readonly Word[]) {
  const prefixes = words.filter(({ token }) => token.prefix);
  const whole = words.filter(({ token }) => !token.prefix && !token.number);
  const prefixFilter = new Uint8Array((1 << FILTER_BITS) / 8);
  for (const { token } of prefixes) {
    const bit = filterBit(hashWord(token.text));
    prefixFilter[bit >> 3] = (prefixFilter[bit >> 3] as number) | (1 << (bit & 7));
  }
  const wordTable = hashTable(whole, words.length);
  const prefixTable = hashTable(prefixes, words.length);
  return {
    wordKeys: wordTable.keys,
    wordIds: wordTable.ids,
    prefixKeys: prefixTable.keys,
    prefixIds: prefixTable.ids,
    prefixFilter,
  };
}

function hashTable(words: readonly Word[], largestId: number): { keys: Int32Array; ids: IndexArray } {
  let slots = 16;
  while (slots * 0.7 < words.length) slots *= 2;
  const keys = new Int32Array(slots);
  const ids = indexArray(slots, largestId);
  for (const { id, token } of words) {
    const key = wordKey(hashWord(token.text), token.text.length);
    let slot = key & (slots - 1);
    while (ids[slot] !== 0) slot = (slot + 1) & (slots - 1);
    keys[slot] = key;
    ids[slot] = id + 1;
  }
  return { keys, ids };
}

function flatten(trie: Node, ids: number) {
  const nodes = childrenOf(trie);
  const rootCount = nodes.length;
  const childCounts: number[] = [];
  // The list grows while it is walked: level by level.
  for (const node of nodes) {
    const children = childrenOf(node);
    childCounts.push(children.length);
    for (const child of children) nodes.push(child);
  }
  const postings = nodes.flatMap((node) => node.postings);
  const roots = indexArray(ids, nodes.length);
  const firstChild = indexArray(nodes.length + 1, nodes.length);
  const postingFrom = indexArray(nodes.length + 1, postings.length);
  const edges = indexArray(nodes.length, ids);
  let child = rootCount;
  let posting = 0;
  nodes.forEach((node, number) => {
    if (number < rootCount) roots[node.id] = number + 1;
    firstChild[number] = child;
    postingFrom[number] = posting;
    edges[number] = node.id;
    child += childCounts[number] ?? 0;
    posting += node.postings.length;
  });
  firstChild[nodes.length] = child;
  postingFrom[nodes.length] = posting;
  const texts = postings.map(({ term }) => Buffer.from(term));
  const postingText = new Uint32Array(postings.length + 1);
  texts.forEach((text, index) => (postingText[index + 1] = (postingText[index] as number) + text.length));
  return {
    roots,
    firstChild,
    edges,
    depths: Uint8Array.from(nodes, ({ depth }) => Math.min(255, depth)),
    postingFrom,
    postingCategory: Uint16Array.from(postings, ({ category }) => category),
    postingKind: Uint8Array.from(postings, ({ kind }) => PostingKind[kind]),
    postingWeight: Float32Array.from(postings, ({ weight }) => weight),
    postingText,
    texts: new Uint8Array(Buffer.concat(texts)),
  };
}

function childrenOf(node: Node): Node[] {
  return [...node.children.values()].sort((left, right) => left.id - right.id);
}

function structure({ categories }: Taxonomy): { detectors: Uint8Array; structureWeights: Float32Array } {
  const used = structureNames.filter((name) => categories.some((category) => weightOf(category, name) !== 0));
  return {
    detectors: Uint8Array.from(used, (name) => structureNames.indexOf(name)),
    structureWeights: Float32Array.from(used.flatMap((name) => categories.map((category) => weightOf(category, name)))),
  };
}

function weightOf(category: Taxonomy["categories"][number], name: StructureName): number {
  return category.structure?.[name] ?? 0;
}
