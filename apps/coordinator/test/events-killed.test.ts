import { expect, test } from "bun:test";
import { SluiceClient } from "@sluice/client";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { startListening } from "./support/event-listener.ts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { ADMIN, waitUntil } from "./support/test-coordinator.ts";

test("coordinators are killed in the middle of changes: a listener that comes back hears each of them once, in order", async () => {
  await using database = await coordinatorDatabase();
  await using scope = new AsyncDisposableStack();
  let coordinator = await spawnCoordinator(database.databaseUrl);
  scope.defer(async () => await coordinator[Symbol.asyncDispose]());
  await startFakeWorker(coordinator);
  const port = new URL(coordinator.url).port;
  const { batchId } = await coordinator.open();
  const client = new SluiceClient({ baseUrl: coordinator.url, token: ADMIN });
  const listener = scope.use(startListening((options) => client.events({ after: 0, ...options })));
  await listener.hears(batchId, 1);
  for (let kills = 0; kills < 3; kills += 1) {
    const { url } = coordinator;
    // Some of these are cut off before, and some after their commit.
    const changing = (async () => {
      for (;;) {
        for (const verb of ["pause", "resume"]) {
          await fetch(`${url}/v1/batches/${batchId}/${verb}`, {
            method: "POST",
            headers: { authorization: `Bearer ${ADMIN}` },
          });
        }
      }
    })().catch(() => undefined);
    const before = listener.events(batchId).length;
    await listener.hears(batchId, before + 4);
    coordinator.kill();
    await changing;
    await coordinator[Symbol.asyncDispose]();
    coordinator = await spawnCoordinator(database.databaseUrl, { SLUICE_PORT: port });
  }
  await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  await waitUntil(() => listener.types(batchId).at(-1) === "batch.cancelled");
  const written = await coordinator.sql("select event_id, type from batch_events order by entry");
  expect(listener.events().map((event) => event.eventId)).toEqual(written.map((row) => row.event_id));
  // And what is written is what has happened: pauses and resumes take turns.
  const turns = written.slice(1, -1).map((row) => row.type);
  expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? "batch.paused" : "batch.resumed")));
});
