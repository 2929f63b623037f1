import { expect, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { connectDatabase } from "../src/db/database.ts";
import { CounterChanges } from "../src/db/queries/change-counters.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";

const BATCH = "019a0000-0000-7000-8000-000000000001";
const ITEMS = 120;

test("changes that meet wait for each other: nothing is lost, nobody deadlocks, and one sees the end", async () => {
  await using temporary = await coordinatorDatabase();
  const logger = createLogger({ name: "test", level: "silent" });
  const database = connectDatabase({ url: temporary.databaseUrl, poolSize: 8, logger });
  try {
    await database.pool.query(
      `insert into batches (id, priority, options, engine_version, queue, extract_hash)
       values ($1, 'normal', '{}', 'e', 'q', decode(repeat('00', 32), 'hex'))`,
      [BATCH],
    );
    await database.pool.query(
      `insert into batch_counters (batch_id, stage, state)
       select $1, stage, state from (values ('extract', 'pending'), ('extract', 'failed'), ('extract', 'succeeded'),
         ('classify', 'pending'), ('classify', 'none'), ('classify', 'classified')) as s (stage, state)`,
      [BATCH],
    );
    const entered = new CounterChanges();
    for (let item = 0; item < ITEMS; item += 1) entered.enter("pending", "pending");
    expect(await database.transaction((client) => entered.apply(client, BATCH))).toBe(2 * ITEMS);

    // Of each three, one fails: they touch different rows, in different orders.
    const seen = await Promise.all(
      Array.from({ length: ITEMS }, (_, item) => {
        const changes = new CounterChanges();
        const from = { extract: "pending", classify: "pending" } as const;
        if (item % 3 === 0) changes.settle(from, { extract: "failed", classify: "none" });
        else {
          const document = { pages: 2, bytes: 10, needsOcr: true };
          changes.settle(from, { extract: "succeeded", classify: "classified" }, document);
        }
        return database.transaction(async (client) => {
          const pending = await changes.apply(client, BATCH);
          // Everybody else's changes are waiting now; what they find afterwards must hold these.
          await Bun.sleep(1);
          return pending;
        });
      }),
    );
    expect(seen.toSorted((left, right) => left - right)).toEqual(Array.from({ length: ITEMS }, (_, step) => 2 * step));
    expect(await database.transaction((client) => new CounterChanges().apply(client, BATCH))).toBe(0);
    const rows = await temporary.query<{ key: string; items: string; pages: string; bytes: string; needs_ocr: string }>(
      "select stage || ' ' || state as key, items, pages, bytes, needs_ocr from batch_counters order by 1",
    );
    const none = { pages: "0", bytes: "0", needs_ocr: "0" };
    expect(rows).toEqual([
      { key: "classify classified", items: "80", ...none },
      { key: "classify none", items: "40", ...none },
      { key: "classify pending", items: "0", ...none },
      { key: "extract failed", items: "40", ...none },
      { key: "extract pending", items: "0", ...none },
      { key: "extract succeeded", items: "80", pages: "160", bytes: "800", needs_ocr: "80" },
    ]);
  } finally {
    await database.close();
  }
});
