import { expect, test } from "bun:test";
import type { AuditReport } from "@sluice/contracts";
import { AUDIT_QUERIES } from "../src/results/audit-checks.ts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const broken = (audit: AuditReport) => audit.checks.filter((check) => !check.ok).map((check) => check.name);

/** A batch that is done and balanced, for a test to damage. */
async function doneBatch(): Promise<string> {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const batchId = await coordinator.submit(makeItems(4));
  await coordinator.ended(batchId);
  expect(broken(await coordinator.audit(batchId))).toEqual([]);
  return batchId;
}

const hashOf = "(select content_hash from items where batch_id = $1 and ordinal = 1)";
const damages: readonly (readonly [check: string, damage: string, example: RegExp])[] = [
  ["items_complete", "delete from items where batch_id = $1 and ordinal = 2", /ordinal 2 is missing/],
  ["items_complete", "delete from items where batch_id = $1 and ordinal = 3", /ordinal 3 is missing/],
  [
    "counts_match",
    "update items set extract_state = 'partial' where batch_id = $1 and ordinal = 0",
    /partial: 1 items, counted 0/,
  ],
  [
    "counts_match",
    "update items set classify_state = 'no_text' where batch_id = $1 and ordinal = 0",
    /classify no_text: 1 items, counted 0/,
  ],
  [
    "stages_agree",
    "update batch_counters set items = items + 1 where batch_id = $1 and stage = 'classify' and state = 'classified'",
    /extract adds up to 4, classify to 5/,
  ],
  [
    "totals_match",
    "update batch_counters set pages = pages - 1 where batch_id = $1 and stage = 'extract' and state = 'succeeded'",
    /succeeded: pages 8\/7/,
  ],
  [
    "documents_stored",
    `delete from documents where content_hash = ${hashOf}`,
    /ordinal 1 \(succeeded\) has no document/,
  ],
  [
    "uses_noted",
    `update documents set first_batch_id = gen_random_uuid() where content_hash = ${hashOf}`,
    /ordinal 1 points at document \w+, of which there is no note/,
  ],
  ["pages_stored", `delete from pages where page_no = 2 and content_hash = ${hashOf}`, /1 pages of 2/],
  ["pages_stored", `update pages set page_no = 7 where page_no = 2 and content_hash = ${hashOf}`, /2 pages of 2/],
  [
    "labels_stored",
    `delete from classifications where content_hash = ${hashOf}`,
    /ordinal 1 is classified, its classification missing/,
  ],
  [
    "pending_covered",
    "update items set extract_state = 'pending' where batch_id = $1 and ordinal = 1",
    /ordinal 1 is pending, but no job/,
  ],
  ["nothing_orphaned", `update items set content_hash = null where batch_id = $1 and ordinal = 1`, /has no item/],
  ["nothing_orphaned", `delete from documents where content_hash = ${hashOf}`, /page \d of \w+ has no document/],
  [
    "nothing_doubled",
    `update items set content_hash = ${hashOf} where batch_id = $1 and ordinal = 2`,
    /is the result of 2 items/,
  ],
  [
    "failures_named",
    "update items set extract_state = 'failed' where batch_id = $1 and ordinal = 1",
    /ordinal 1 failed without a code/,
  ],
  [
    "end_is_final",
    "update items set extract_state = 'pending' where batch_id = $1 and ordinal = 1",
    /pending in a batch that is done/,
  ],
  ["end_is_final", "update attempts set outcome = 'running' where batch_id = $1", /is running in a batch that is done/],
  [
    "end_is_final",
    "insert into batch_passwords values ($1, '{secret}')",
    /^passwords are kept of a batch that is done$/,
  ],
  [
    "end_is_final",
    "insert into listings (batch_id, number, source) values ($1, 0, 's3://papers/x')",
    /^source 0 is still to be listed in a batch that is done$/,
  ],
];

for (const [check, damage, example] of damages) {
  test(`${check} finds: ${damage.replaceAll(/\s+/g, " ").slice(0, 80)}`, async () => {
    const batchId = await doneBatch();
    await cluster.coordinator.sql(damage, [batchId]);
    const audit = await cluster.coordinator.audit(batchId);
    expect(audit.balanced).toBe(false);
    const found = audit.checks.find((entry) => entry.name === check);
    expect(found?.ok).toBe(false);
    expect(found?.gaps).toBeGreaterThan(0);
    expect(found?.examples.join("\n")).toMatch(example);
  });
}

test("every check has a damage that it finds", () => {
  const proven = new Set(damages.map(([check]) => check));
  expect(AUDIT_QUERIES.map((query) => query.name).filter((name) => !proven.has(name))).toEqual([]);
});

test("a batch that is still running, or waits without a worker, is balanced at any moment", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(200));
  expect(broken(await coordinator.audit(batchId))).toEqual([]);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  for (;;) {
    const audit = await coordinator.audit(batchId);
    expect(broken(audit)).toEqual([]);
    if (audit.state === "done") break;
  }
});
