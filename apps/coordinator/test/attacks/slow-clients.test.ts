/** Clients that are slow on purpose: a connection is not theirs for as long as they like, and others are served meanwhile. */
import { expect, test } from "bun:test";
import { startFakeWorker } from "../support/fake-worker.ts";
import { coordinatorDatabase } from "../support/coordinator-database.ts";
import { spawnCoordinator } from "../support/spawned-coordinator.ts";
import { newTokenSchema } from "@sluice/contracts";
import { ADMIN, at, makeItems } from "../support/test-coordinator.ts";
import { rawRequest } from "./raw-request.ts";

const LIMIT_MS = 80_000;

test("heads and bodies that do not end are cut; streams that are quiet are not", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await spawnCoordinator(database.databaseUrl);
  await using _worker = await startFakeWorker(coordinator);
  const { token } = newTokenSchema.parse(
    await coordinator.json("POST", "/v1/tokens", { name: "slow", role: "submit" }),
  );
  const { batchId } = await coordinator.open();
  const others = await coordinator.open();
  const signed = `Host: a\r\nAuthorization: Bearer ${token}\r\n`;
  const body = `POST /v1/batches/${batchId}/items HTTP/1.1\r\n${signed}Content-Length: 100000\r\n\r\n{`;
  const drip = (bytes: string) => ({ waitMs: LIMIT_MS, drip: { bytes, everyMs: 1_000 } });
  const watching = fetch(`${coordinator.url}/v1/batches/${batchId}/events`, {
    headers: { authorization: `Bearer ${ADMIN}` },
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const attacks = await Promise.all([
    rawRequest(coordinator.url, "", { waitMs: LIMIT_MS }),
    rawRequest(coordinator.url, "GET /healthz HTTP/1.1\r\nHo", { waitMs: LIMIT_MS }),
    rawRequest(coordinator.url, "GET /healthz HTTP/1.1\r\nHost: a\r\n", drip("X: y\r\n")),
    rawRequest(coordinator.url, body, { waitMs: LIMIT_MS }),
    rawRequest(coordinator.url, body, drip("x")),
    ...Array.from({ length: 200 }, () => rawRequest(coordinator.url, body, drip("x"))),
    // Meanwhile.
    (async () => {
      for (let times = 0; times < 20; times += 1) {
        const began = performance.now();
        expect((await coordinator.request("GET", `/v1/batches/${batchId}`)).status).toBe(200);
        // Slow bodies hold up their own token's intake, not that of others.
        const item = { ...at(makeItems(1), 0), ordinal: times };
        expect((await coordinator.append(others.batchId, [item])).accepted).toBe(1);
        expect(performance.now() - began).toBeLessThan(5_000);
        await Bun.sleep(1_000);
      }
      return { closed: true, statuses: [] as number[] };
    })(),
  ]);
  expect(attacks.filter(({ closed }) => !closed)).toEqual([]);
  expect(attacks.flatMap(({ statuses }) => statuses).filter((status) => status < 400)).toEqual([]);
  // Nothing of it has been taken in, and the quiet stream is still there and hears of the end.
  expect((await coordinator.status(batchId)).items).toBe(0);
  await coordinator.json("POST", `/v1/batches/${batchId}/cancel`, {});
  expect(await (await watching).text()).toContain('"state":"cancelled"');
}, 150_000);
