import { expect, test } from "bun:test";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { type Json, makeItems, waitUntil } from "./support/test-coordinator.ts";

test("the log says once of each batch that it is done, however it came to its end: counts and time", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_LOG_LEVEL: "info" });
  let nonsense = false;
  await using worker = await startFakeWorker(coordinator, {
    answer: async function* (request, signal) {
      if (nonsense) yield "no line of the protocol\n";
      const answer = answerAll((item, asked) =>
        item.ordinal === 1 ? failedLine(item, "PASSWORD_REQUIRED") : documentLine(item, asked),
      );
      yield* answer(request, signal);
    },
  });
  expect(worker.id).not.toBe("");
  const committed = await coordinator.submit(makeItems(70));
  await coordinator.ended(committed);
  const empty = await coordinator.submit([]);
  const cancelled = (await coordinator.open()).batchId;
  await coordinator.json("POST", `/v1/batches/${cancelled}/cancel`);
  // Three answers that are none, and the document fails; there is no commit to end the batch.
  nonsense = true;
  const refused = await coordinator.submit(makeItems(1), { force: true });
  expect((await coordinator.ended(refused)).extract.failed).toBe(1);

  const linesOf = async (batchId: string): Promise<Json[]> =>
    (await coordinator.stderr())
      .split("\n")
      .filter((line) => line.includes(batchId) && line.includes('"a batch is done"'))
      .map((line) => JSON.parse(line));
  await waitUntil(async () => (await linesOf(refused)).length > 0);
  const [first, ...more] = await linesOf(committed);
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    level: "info",
    items: 70,
    pages: 138,
    extract: { succeeded: 69, failed: 1 },
    classify: { classified: 69, none: 1 },
    seconds: expect.any(Number),
  });
  expect(await linesOf(empty)).toMatchObject([{ items: 0, pages: 0, extract: {}, classify: {} }]);
  expect(await linesOf(refused)).toMatchObject([{ items: 1, extract: { failed: 1 } }]);
  expect(await linesOf(cancelled)).toEqual([]);
});
