/**
 * A client as a process, to be killed: `submitting-client.ts URL TOKEN BATCH ITEMS`. It hands items in from where the server
 * stands, says so after each chunk, and seals.
 */
import { SluiceClient } from "@sluice/client";
import { numberedItem } from "./numbered-item.ts";

const ITEMS_AT_A_TIME = 500;

const [url = "", token = "", batchId = "", count = ""] = Bun.argv.slice(2);
const client = new SluiceClient({ baseUrl: url, token });
const items = Number(count);
const { items: standing } = await client.getBatch(batchId);
for (let from = standing; from < items;) {
  const chunk = Array.from({ length: Math.min(ITEMS_AT_A_TIME, items - from) }, (_, index) =>
    numberedItem(from + index),
  );
  from = (await client.appendItems(batchId, chunk)).nextOrdinal;
  process.stdout.write(`${from}\n`);
}
await client.sealBatch(batchId, items);
