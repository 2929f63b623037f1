import { expect, test } from "bun:test";
import { planCommit, type Stored } from "./plan-commit.ts";
import type { StagedItem } from "./staged-item.ts";

const NOTHING: Stored = { documents: new Map(), labels: new Map(), others: new Set() };
const both = { deduplicate: true, labels: "fused" as const };

const extracted = (ordinal: number, hash: string, over: object = {}): StagedItem => ({
  kind: "extracted",
  ordinal,
  sizeBytes: null,
  sourceVersion: null,
  hash,
  partial: false,
  pages: 3,
  bytes: 100,
  needsOcr: false,
  rows: { document: { offset: ordinal, length: 1 }, pages: { offset: ordinal, length: 2 } },
  label: { state: "classified", row: { offset: ordinal, length: 3 } },
  ...over,
});

test("rows are sorted by hash, items by ordinal", () => {
  const plan = planCommit([extracted(1, "aa"), extracted(0, "bb")], NOTHING, both);
  expect(plan.documents.map((segment) => segment.offset)).toEqual([1, 0]);
  expect(plan.labels.map((segment) => segment.offset)).toEqual([1, 0]);
  expect(plan.updates.map((update) => [update.ordinal, update.extractState, update.classifyState])).toEqual([
    [0, "succeeded", "classified"],
    [1, "succeeded", "classified"],
  ]);
});

test("of equal bytes in one shard one is stored, the first of them", () => {
  const plan = planCommit([extracted(0, "aa"), extracted(1, "aa")], NOTHING, both);
  expect(plan.documents).toHaveLength(1);
  expect(plan.labels).toHaveLength(1);
  expect(plan.updates.map((update) => update.extractState)).toEqual(["succeeded", "duplicate"]);
});

test("without deduplication each copy is a result of its own, and is stored once all the same", () => {
  const plan = planCommit([extracted(0, "aa"), extracted(1, "aa")], NOTHING, { ...both, deduplicate: false });
  expect(plan.documents).toHaveLength(1);
  expect(plan.updates.map((update) => update.extractState)).toEqual(["succeeded", "succeeded"]);
});

test("what another commit has stored meanwhile is a duplicate; a label of it that is missing is added", () => {
  const stored: Stored = {
    documents: new Map([["aa", { pages: 9, bytes: 8, needsOcr: true }]]),
    labels: new Map(),
    others: new Set(),
  };
  const plan = planCommit([extracted(0, "aa")], stored, both);
  expect(plan.documents).toHaveLength(0);
  expect(plan.labels).toHaveLength(1);
  expect(plan.updates[0]).toMatchObject({
    extractState: "duplicate",
    document: { pages: 9, bytes: 8, needsOcr: true },
  });
});

test("known bytes take the stored label; when what was stored is gone they are lost", () => {
  const known: StagedItem = { kind: "known", ordinal: 4, sizeBytes: null, sourceVersion: null, hash: "aa" };
  const document = { pages: 1, bytes: 1, needsOcr: false };
  const full: Stored = {
    documents: new Map([["aa", document]]),
    labels: new Map([["aa", "abstained"]]),
    others: new Set(),
  };
  expect(planCommit([known], full, both).updates[0]).toMatchObject({
    extractState: "duplicate",
    classifyState: "abstained",
  });
  expect(planCommit([known], NOTHING, both).lost).toEqual([4]);
  expect(planCommit([known], { ...full, labels: new Map() }, both).lost).toEqual([4]);
});

test("partial, failed, and a text that came without its label", () => {
  const failed: StagedItem = {
    kind: "failed",
    ordinal: 2,
    sizeBytes: null,
    sourceVersion: null,
    hash: null,
    code: "INVALID_PDF",
    message: "broken",
    page: 3,
    evidence: null,
  };
  const plan = planCommit(
    [extracted(0, "aa", { partial: true }), extracted(1, "bb", { label: null }), failed],
    NOTHING,
    both,
  );
  expect(plan.updates.map((update) => [update.extractState, update.classifyState, update.code])).toEqual([
    ["partial", "classified", null],
    ["succeeded", "failed", "CLASSIFY_FAILED"],
    ["failed", "none", "INVALID_PDF"],
  ]);
  expect(plan.updates[2]).toMatchObject({ page: 3, message: "broken" });
});

test("when no label is asked for there is none", () => {
  const plan = planCommit([extracted(0, "aa", { label: null })], NOTHING, {
    deduplicate: true,
    labels: "none" as const,
  });
  expect(plan.updates[0]).toMatchObject({ extractState: "succeeded", classifyState: "none", code: null });
});
