import { expect, test } from "bun:test";
import { SQL } from "bun";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";

const cluster = useCoordinator();

test("the status of a batch waits for no slow reading, however many there are", async () => {
  const { coordinator, databaseUrl } = cluster;
  await using worker = await startFakeWorker(coordinator);
  expect(worker.id).not.toBe("");
  const { batchId } = await coordinator.open();
  const token = (await coordinator.json("POST", "/v1/tokens", { role: "submit", name: "asks" })).token as string;
  await using sql = new SQL(databaseUrl, { max: 1 });
  let slow: Promise<Response>[] = [];
  await sql.begin(async (lock) => {
    await lock`lock table items in access exclusive mode`;
    slow = Array.from({ length: 8 }, () => coordinator.request("GET", `/v1/batches/${batchId}/results`));
    while ((await lock`select 1 from pg_locks where relation = 'items'::regclass and not granted`).length < 4) {
      await Bun.sleep(20);
    }
    for (const asks of [undefined, token]) {
      const status = await Promise.race([
        coordinator.request("GET", `/v1/batches/${batchId}`, undefined, asks),
        Bun.sleep(10_000),
      ]);
      expect(status).toMatchObject({ status: 200 });
    }
  });
  for (const answer of slow) expect((await answer).status).toBe(200);
});
