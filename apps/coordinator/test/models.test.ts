import { expect, test } from "bun:test";
import { BUSINESS_TAXONOMY_HASH } from "@sluice/taxonomy/business-hash";
import { startFakeWorker } from "./support/fake-worker.ts";
import { MINE, modelFile } from "./support/model-file.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, type Json, makeItems, SUBMIT, WORKER } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const call = (method: string, path: string, body?: Uint8Array, token: string = ADMIN) =>
  fetch(`${cluster.coordinator.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
    ...(body === undefined ? {} : { body }),
  });
const answer = async (response: Response) => [response.status, (await response.json()) as Json];

test("a model is kept by its hash, listed, read byte for byte, and deleted", async () => {
  const file = modelFile();
  const hash = new Bun.CryptoHasher("sha256").update(file).digest("hex");
  const [status, model] = await answer(await call("POST", "/v1/models?name=first", file));
  expect([status, model]).toMatchObject([
    201,
    { model: hash, name: "first", bytes: file.byteLength, labels: ["a", "b"], card: { rows: 20 } },
  ]);
  expect((await answer(await call("POST", "/v1/models?name=again", file)))[0]).toBe(200);
  const { models } = (await answer(await call("GET", "/v1/models")))[1];
  expect(models).toMatchObject([{ model: hash, name: "first" }]);
  for (const token of [ADMIN, SUBMIT, WORKER]) {
    const read = new Uint8Array(await (await call("GET", `/v1/models/${hash}`, undefined, token)).arrayBuffer());
    expect(Buffer.compare(read, file)).toBe(0);
  }
  expect((await call("DELETE", `/v1/models/${hash}`)).status).toBe(204);
  expect((await answer(await call("GET", `/v1/models/${hash}`)))[1].code).toBe("NOT_FOUND");
});

test("what is no model is refused by name", async () => {
  const wrong = [
    Buffer.from("no model"),
    modelFile().subarray(0, 60),
    modelFile({ labels: [] }),
    modelFile({ taxonomyHash: "0".repeat(64) }),
  ];
  for (const file of wrong)
    expect((await answer(await call("POST", "/v1/models", file)))[1].code).toBe("MODEL_INVALID");
});

test("a batch names its model, gets its taxonomy, and is read and judged by whoever has the classifier", async () => {
  const { coordinator } = cluster;
  const file = modelFile({ multiLabel: true });
  const model = (await answer(await call("POST", "/v1/models", file)))[1].model as string;
  const open = async (options: object) =>
    (await answer(await coordinator.request("POST", "/v1/batches", { options })))[1];
  expect((await open({ classifier: "model", model })).code).toBe("NO_WORKERS");
  await using worker = await startFakeWorker(coordinator, { classifiers: ["rules@1", "model@1"] });
  const status = await coordinator.ended(await coordinator.submit(makeItems(2), { classifier: "model", model }));
  expect(status.classify).toMatchObject({ classified: 2 });
  expect(worker.requests.at(-1)?.classify).toMatchObject({ classifier: "model", model, taxonomy: { name: "mine" } });
  const rules = await coordinator.open({ taxonomy: MINE });
  expect(rules.classifyHash).not.toBe(status.classifyHash);

  expect((await open({ classifier: "model" })).code).toBe("BAD_REQUEST");
  expect((await open({ classifier: "rules", model })).code).toBe("BAD_REQUEST");
  expect((await open({ classifier: "cascade", model })).code).toBe("BAD_REQUEST");
  expect((await open({ classifier: "model", model: "0".repeat(64) })).code).toBe("NOT_FOUND");
  const other = { ...MINE, name: "another", categories: MINE.categories.slice(1) };
  expect((await open({ classifier: "model", model, taxonomy: other })).code).toBe("MODEL_MISMATCH");
  const builtIn = modelFile({ taxonomy: null, taxonomyHash: BUSINESS_TAXONOMY_HASH });
  const business = (await answer(await call("POST", "/v1/models", builtIn)))[1].model as string;
  expect((await open({ classifier: "model", model: business })).batch).toMatchObject({ state: "open" });
  expect((await answer(await call("DELETE", `/v1/models/${business}`)))[1].code).toBe("CONFLICT");
});

test("another owner's model is none", async () => {
  const { coordinator } = cluster;
  const tokens = await Promise.all(
    ["one", "two"].map(async (name) => (await coordinator.json("POST", "/v1/tokens", { name, role: "submit" })).token),
  );
  const [one, two] = tokens as [string, string];
  const model = (await answer(await call("POST", "/v1/models", modelFile({ labels: ["b", "a"] }), one)))[1].model;
  expect((await call("GET", `/v1/models/${model}`, undefined, two)).status).toBe(404);
  expect((await call("DELETE", `/v1/models/${model}`, undefined, two)).status).toBe(404);
  const seen = (await answer(await call("GET", "/v1/models", undefined, two)))[1].models as { model: string }[];
  expect(seen.some((row) => row.model === model)).toBe(false);
  expect((await call("GET", `/v1/models/${model}`, undefined, one)).status).toBe(200);
});
