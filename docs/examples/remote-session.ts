import { ApiError, formatSummary, SluiceClient } from "@sluice/client";

const [server = "", token = "", folder = ""] = process.argv.slice(2);
const client = new SluiceClient({ baseUrl: server, token });

const { batch, items } = await client.submitDirectory(folder, {
  name: "legal, by the library",
  options: { force: true },
});
console.log(`${items} documents handed in`);

await client.waitForBatch(batch.batchId, {
  onProgress: ({ settled, etaSeconds }) => console.error(`${settled} settled, ${etaSeconds ?? "?"} s to go`),
});

for await (const row of client.results(batch.batchId)) {
  console.log(row.category, row.uri.slice(row.uri.lastIndexOf("/") + 1));
}
console.log(formatSummary(await client.report(batch.batchId)));

try {
  await client.getBatch("00000000-0000-7000-8000-000000000000");
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.log(error.code, error.advice);
}
