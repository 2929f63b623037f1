import { expect, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { connectDatabase, type Database, type Sql } from "../src/db/database.ts";
import { BatchChanges } from "../src/events/batch-changes.ts";
import { batchStream } from "../src/events/batch-stream.ts";
import { EventLog } from "../src/events/event-log.ts";
import { StatusFeeds } from "../src/events/status-feeds.ts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const WATCHERS = 200;

/** The same database, which counts what is asked of it. */
function counting(database: Database): { database: Database; asked(): number } {
  let count = 0;
  const sql = new Proxy(database.sql, {
    apply: (target, self, values) => {
      // Parts of statements are made in the same way; only the whole begins so.
      if (String(values[0]).trim().startsWith("select")) count += 1;
      return Reflect.apply(target as unknown as () => unknown, self, values);
    },
  }) as Sql;
  return { database: { ...database, sql }, asked: () => count };
}

test("as many as like may watch a batch: they cost the database one look at each change, and all hear of it", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  expect(worker.id).not.toBe("");
  const { batchId } = await coordinator.open();
  const logger = createLogger({ name: "test", level: "silent" });
  const real = connectDatabase({ url: cluster.databaseUrl, poolSize: 2, logger });
  const { database, asked } = counting(real);
  const changes = new BatchChanges();
  const eventLog = new EventLog({ database, deliveriesMade: () => undefined });
  const statusFeeds = new StatusFeeds({ database, changes });
  await eventLog.look();
  const abort = new AbortController();
  const heard = Array.from({ length: WATCHERS }, () => ({ changes: 0, items: -1, ended: false }));
  const watching = heard.map(async (each) => {
    for await (const message of batchStream({ eventLog, statusFeeds }, { batchId, after: null }, abort.signal)) {
      if (message?.event === "change") each.changes += 1;
      if (message?.event === "status") each.items = JSON.parse(message.data).items;
    }
    each.ended = true;
  });
  await waitUntil(() => heard.every((each) => each.items === 0));
  const before = asked();
  const CHANGES = 4;
  const items = makeItems(CHANGES);
  for (const [index, item] of items.entries()) {
    await coordinator.append(batchId, [item]);
    changes.changed(batchId);
    await waitUntil(() => heard.every((each) => each.items === index + 1));
  }
  await coordinator.json("POST", `/v1/batches/${batchId}/pause`, {});
  await eventLog.look();
  await waitUntil(() => heard.every((each) => each.changes === 1));
  // A look every half second while nothing changes comes on top; one for each watcher would be hundreds.
  expect(asked() - before).toBeLessThan(WATCHERS / 4);
  await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  changes.changed(batchId);
  await Promise.all(watching);
  expect(heard.every((each) => each.ended && each.changes === 2)).toBe(true);
  await real.close();
});
