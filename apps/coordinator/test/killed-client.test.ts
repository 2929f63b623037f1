import { expect, test } from "bun:test";
import { join } from "node:path";
import { startFakeWorker } from "./support/fake-worker.ts";
import { numberedItem } from "./support/numbered-item.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const CLIENT = join(import.meta.dir, "support/submitting-client.ts");
const ITEMS = 30_000;
const KILLS = 10;

test("a client that is killed ten times on the way hands in every item once, in its place", async () => {
  const { coordinator } = cluster;
  // A batch has its build from a worker; nobody reads yet.
  await (await startFakeWorker(coordinator)).kill();
  const { batchId } = await coordinator.open();
  const start = () =>
    Bun.spawn([process.execPath, CLIENT, coordinator.url, ADMIN, batchId, String(ITEMS)], {
      stdout: "pipe",
      stderr: "inherit",
    });
  let standing = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const client = start();
    const reader = client.stdout.getReader();
    // After some chunks, and wherever it is by then: between two, or in the midst of one.
    for (let chunks = 0; chunks < 1 + (kill % 4); chunks += 1) await reader.read();
    await Bun.sleep(3 * kill);
    client.kill("SIGKILL");
    await client.exited;
    const { items, state } = await coordinator.status(batchId);
    expect(state).toBe("open");
    expect(items).toBeGreaterThan(standing);
    expect(items).toBeLessThan(ITEMS);
    standing = items;
  }
  const last = start();
  expect(await last.exited).toBe(0);
  expect(await coordinator.status(batchId)).toMatchObject({
    state: "sealed",
    items: ITEMS,
    extract: { pending: ITEMS },
  });
  const rows = await coordinator.sql("select ordinal, uri, source_version from items where batch_id = $1 order by 1", [
    batchId,
  ]);
  expect(rows.length).toBe(ITEMS);
  for (const [index, row] of rows.entries()) {
    const { ordinal, uri, sourceVersion } = numberedItem(index);
    if (row.ordinal === ordinal && row.uri === uri && row.source_version === sourceVersion) continue;
    expect(row).toEqual({ ordinal, uri, source_version: sourceVersion });
  }
  // Each is covered by one job and no more.
  const [covered] = await coordinator.sql(
    `select sum((run ->> 1)::int - (run ->> 0)::int + 1)::int as items
       from pgboss.job j cross join lateral jsonb_array_elements(j.data -> 'runs') as run
      where j.data ->> 'batchId' = $1`,
    [batchId],
  );
  expect(covered.items).toBe(ITEMS);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
}, 120_000);
