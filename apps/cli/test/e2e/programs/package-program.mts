/**
 * What node-package.test.ts compiles and runs against the installed package: `node package-program.mjs URL TOKEN FOLDER
 * ARCHIVE`. The lines that must not compile tell types from `any`.
 */
import {
  ApiError,
  AppError,
  type BatchReport,
  type BatchStatus,
  type FailureRow,
  processDirectory,
  type ResultRow,
  SluiceClient,
} from "@sluice/client";

const [, , url = "", token = "", folder = "", archive = ""] = process.argv;
const client = new SluiceClient({ baseUrl: url, token });

const report: BatchReport = await processDirectory(folder, { server: { url, token }, options: { force: true } });
// @ts-expect-error: workers are a number
const wrongOption = () => processDirectory(folder, { workers: "eight" });

const { uri, sizeBytes, sourceVersion } = await client.upload(new Blob(["no PDF"]), { name: "note.pdf" });
const submission = await client.submitBatch([{ uri, sizeBytes, sourceVersion }], { options: { force: true } });
const done: BatchStatus = await client.waitForBatch(submission.batch.batchId, {
  onProgress: ({ settled }) => settled.toFixed(0),
});
// @ts-expect-error: an id is a string
const wrongField: number = done.batchId;
const failures: FailureRow[] = [];
for await (const failure of client.failures(done.batchId)) failures.push(failure);

// The members of an archive, which this process lists.
const packed = await client.submitDirectory(archive, { upload: true, options: { force: true } });
let progress = 0;
for await (const { settled } of client.progress(packed.batch.batchId)) progress = settled;
const rows: ResultRow[] = [];
for await (const row of client.results(packed.batch.batchId)) rows.push(row);
// @ts-expect-error: a row has no such thing
const wrongRow = rows[0]?.nothing;

const stranger = new SluiceClient({ baseUrl: url, token: "none" });
const refused = await stranger.getBatch(done.batchId).then(
  () => null,
  (error: unknown) => (error instanceof ApiError ? `${error.status} ${error.code} ${error.advice.length > 0}` : null),
);
const withoutServer = await processDirectory(folder).then(
  () => null,
  (error: unknown) => (error instanceof AppError ? `${error.code}: ${error.message}` : String(error)),
);
const found = {
  documents: report.documents,
  failed: failures.map(({ code }) => code),
  paths: rows.map(({ path }) => path),
  progress,
  refused,
  withoutServer,
  wrong: [typeof wrongOption, typeof wrongField, typeof wrongRow],
};
process.stdout.write(`${JSON.stringify(found)}\n`);
