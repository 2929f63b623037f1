/** What library.test.ts runs under Node: `node program.mjs URL TOKEN FOLDER`. */
import { ApiError, SluiceClient } from "@sluice/client";

const [, , url = "", token = "", folder = ""] = process.argv;
const client = new SluiceClient({ baseUrl: url, token });
const { batch } = await client.submitDirectory(folder, { options: { force: true } });
let progress = 0;
for await (const { settled } of client.progress(batch.batchId)) progress = settled;
const { state } = await client.waitForBatch(batch.batchId);
let rows = 0;
for await (const _row of client.results(batch.batchId)) rows += 1;
const refused = await new SluiceClient({ baseUrl: url, token: "none" })
  .listBatches()
  .then(() => null)
  .catch((error: unknown) => (error instanceof ApiError ? error.code : String(error)));
process.stdout.write(`${JSON.stringify({ state, rows, progress, refused })}\n`);
