/**
 * Near-duplicates: a document whose text is almost that of one that an LLM has judged gets the same label, and the LLM is not asked. MinHash
 * finds what may be alike, and the texts themselves decide. Only labels that an LLM gave are handed on, and only once: what is like a
 * near-duplicate is compared to the original.
 */
import type { Classification, LabelItem, LabelItemLine } from "@sluice/contracts";
import type { Database } from "../../db/database.ts";
import { letOthersIn } from "../../dispatch/let-others-in.ts";
import { loadLabelTexts } from "../load-label-texts.ts";
import { type BandScope, bandsOf } from "./bands.ts";
import { type Candidate, findCandidates } from "./find-candidates.ts";
import { shinglesOf, similarity } from "./shingles.ts";

/** Shingles that two texts share of all that either has. */
const ALIKE = 0.9;

/** What there is to know of a shard's texts before anybody is asked about them. */
export interface NearDuplicates {
  /** Labels of documents that were judged before. */
  readonly lines: readonly LabelItemLine[];
  /** Items whose label comes from another one of the same shard, when that has it: by ordinal. */
  readonly followers: ReadonlyMap<number, Follower>;
  readonly toAsk: readonly LabelItem[];
  /** Of contents (hexadecimal) that are asked about: what others will find them by. */
  readonly bands: ReadonlyMap<string, readonly bigint[]>;
}

interface Follower {
  readonly leader: LabelItem;
  readonly similarity: number;
}

interface Shingled {
  readonly item: LabelItem;
  readonly shingles: ReadonlySet<number>;
  readonly bands: readonly bigint[];
}

/** For a shard about whose texts an LLM would be asked. */
export async function findNearDuplicates(
  database: Database,
  scope: BandScope,
  items: readonly LabelItem[],
): Promise<NearDuplicates> {
  const shingled: Shingled[] = [];
  for (const item of items) {
    const shingles = shinglesOf(textOf(item));
    if (shingles !== null) shingled.push({ item, shingles, bands: bandsOf(shingles, scope) });
    await letOthersIn();
  }
  const bands = new Map(shingled.map((one) => [one.item.ordinal, one.bands]));
  const lines = await inherit(database, scope, shingled, await findCandidates(database, scope, bands));
  const labelled = new Set(lines.map((line) => line.ordinal));
  const unlabelled = shingled.filter(({ item }) => !labelled.has(item.ordinal));
  const followers = findFollowers(unlabelled);
  return {
    lines,
    followers,
    toAsk: items.filter(({ ordinal }) => !labelled.has(ordinal) && !followers.has(ordinal)),
    bands: new Map(
      unlabelled.flatMap(({ item, bands: own }) => (followers.has(item.ordinal) ? [] : [[item.contentHash, own]])),
    ),
  };
}

/** Labels of those who waited for another one of their shard; who waited for one that has none is judged another time. */
export function followLeaders(
  followers: NearDuplicates["followers"],
  lines: readonly LabelItemLine[],
): LabelItemLine[] {
  const byOrdinal = new Map(lines.map((line) => [line.ordinal, line]));
  return [...followers].flatMap(([ordinal, { leader, similarity: alike }]) => {
    const line = byOrdinal.get(leader.ordinal);
    return line?.outcome === "labelled" && line.classification.state !== "no_text"
      ? [handedOn(ordinal, line.classification, leader.contentHash, alike)]
      : [];
  });
}

async function inherit(
  database: Database,
  { extractHash }: BandScope,
  shingled: readonly Shingled[],
  candidates: ReadonlyMap<number, readonly Candidate[]>,
): Promise<LabelItemLine[]> {
  const lines: LabelItemLine[] = [];
  for (const { item, shingles } of shingled) {
    const own = (candidates.get(item.ordinal) ?? []).filter((candidate) => isAsLong(candidate, item));
    const texts = await loadLabelTexts(database, own, extractHash);
    let best: { candidate: Candidate; alike: number } | null = null;
    for (const [index, candidate] of own.entries()) {
      const text = texts[index];
      const others = text === undefined ? null : shinglesOf(textOf(text));
      const alike = others === null ? 0 : similarity(shingles, others);
      if (alike >= Math.max(ALIKE, best?.alike ?? 0)) best = { candidate, alike };
      await letOthersIn();
    }
    if (best === null) continue;
    const { candidate, alike } = best;
    lines.push(handedOn(item.ordinal, candidate.classification, candidate.contentHash, alike));
  }
  return lines;
}

/** Each follows the first one that it is like and that follows nobody. */
function findFollowers(shingled: readonly Shingled[]): Map<number, Follower> {
  const followers = new Map<number, Follower>();
  const leaders = new Map<bigint, Shingled[]>();
  for (const one of shingled) {
    const near = new Set(one.bands.flatMap((band) => leaders.get(band) ?? []));
    for (const leader of near) {
      const alike = isAsLong(leader.item, one.item) ? similarity(leader.shingles, one.shingles) : 0;
      if (alike < ALIKE) continue;
      followers.set(one.item.ordinal, { leader: leader.item, similarity: alike });
      break;
    }
    if (followers.has(one.item.ordinal)) continue;
    for (const band of one.bands) leaders.set(band, [...(leaders.get(band) ?? []), one]);
  }
  return followers;
}

/** Texts are compared as far as they are judged: a book is not its first chapter. */
function isAsLong(left: { pageCount: number }, right: { pageCount: number }): boolean {
  const [fewer, more] = [Math.min(left.pageCount, right.pageCount), Math.max(left.pageCount, right.pageCount)];
  return fewer >= ALIKE * more;
}

function handedOn(
  ordinal: number,
  classification: Classification,
  contentHash: string,
  alike: number,
): LabelItemLine & { outcome: "labelled" } {
  return {
    line: "item",
    ordinal,
    outcome: "labelled",
    calls: [],
    classification: { ...classification, source: "near_duplicate", original: { contentHash, similarity: alike } },
  };
}

function textOf(item: LabelItem): string {
  return item.pages.map((page) => page.text).join("\n");
}
