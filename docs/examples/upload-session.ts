import { SluiceClient } from "@sluice/client";

const [server = "", token = "", folder = ""] = process.argv.slice(2);
const client = new SluiceClient({ baseUrl: server, token });

// A folder: what the server has already is not sent again.
const { batch } = await client.submitDirectory(folder, { upload: true, options: { force: true } });
await client.waitForBatch(batch.batchId);
for await (const row of client.results(batch.batchId)) console.log(row.category, row.path);

// Or bytes from anywhere.
const { uri, sizeBytes, sourceVersion } = await client.upload(new Blob(["no PDF"]), { name: "note.pdf" });
const note = await client.submitBatch([{ uri, sizeBytes, sourceVersion }]);
await client.waitForBatch(note.batch.batchId);
for await (const failure of client.failures(note.batch.batchId)) console.log(failure.code, failure.advice);
