/** `classify --classifier llm` with a real Ollama: text first, labels behind it, whatever happens to the server. */
import { afterAll, expect, test } from "bun:test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  startTestCluster,
  makePdf,
  ollamaMissing,
  smollm2Missing,
  startOllama,
  temporaryFolder,
  waitUntil,
} from "@sluice/testkit";
import { runCli } from "./run-cli.ts";

const missing = ollamaMissing() ?? smollm2Missing();
const scratch = temporaryFolder();
const folder = join(scratch.path, "documents");
await mkdir(folder);
const DOCUMENTS = {
  "bill.pdf": "Invoice 2026-117. Total due 98.87 EUR, payable within 30 days.",
  "copy of bill.pdf": "Invoice 2026-117. Total due 98.87 EUR, payable within 30 days.",
  "deal.pdf": "This Agreement is made between Elm Road Ltd and Ostrava Design. Governing law: Ireland.",
  "poem.pdf": "The rain came down upon the hill, and all the birds of night were still.",
};
for (const [name, text] of Object.entries(DOCUMENTS)) await writeFile(join(folder, name), makePdf({ pages: [text] }));
await writeFile(join(folder, "blank.pdf"), makePdf({ pages: [""] }));
const taxonomy = join(scratch.path, "mine.yaml");
await writeFile(
  taxonomy,
  "name: mine\ncategories:\n  - {id: money, name: Bill, description: Asks for money}\n" +
    "  - {id: promise, name: Contract, description: Binds two parties}\n  - {id: other, name: Other, description: Anything else}\n",
);

afterAll(() => scratch[Symbol.dispose]());

test.skipIf(missing !== null)(
  `documents are labelled by an LLM, each content once, and what is stored is asked for nothing again (${missing ?? "Ollama"})`,
  async () => {
    await using ollama = await startOllama();
    await using cluster = await startTestCluster({
      workerEnvironment: {
        OLLAMA_HOST: ollama.url,
        OLLAMA_MODEL: "smollm2",
        SLUICE_LLM_NUM_CTX: "1024",
        SLUICE_LLM_MAX_CONCURRENT: "2",
        SLUICE_LLM_PRICE_INPUT: "1",
      },
    });
    const env = { SLUICE_SERVER: cluster.url, SLUICE_TOKEN: cluster.adminToken, XDG_STATE_HOME: scratch.path };
    const cli = (...args: string[]) => runCli(args, { env });
    const classify = [
      "submit",
      folder,
      "--classifier",
      "llm",
      "--taxonomy",
      taxonomy,
      "--min-confidence",
      "0",
      "--wait",
    ];
    const first = await cli(...classify, "--json");
    expect([first.exit, first.stderr]).toEqual([0, expect.any(String)]);
    const { batchId } = JSON.parse(first.stdout) as { batchId: string };
    const status = await cluster.client.getBatch(batchId);
    expect(status.classify).toMatchObject({ classified: 4, no_text: 1, failed: 0 });
    const calls = await cluster.client.listLlmCalls(batchId);
    expect(calls.totals).toMatchObject({ items: 3, costUsd: expect.any(Number) });
    expect(calls.calls[0]).toMatchObject({
      server: "ollama",
      model: "smollm2",
      modelDigest: expect.stringMatching(/^[0-9a-f]{12}/),
      inputTokens: expect.any(Number),
    });
    for await (const row of cluster.client.results(batchId)) {
      if (row.classifyState !== "classified") continue;
      expect(["money", "promise", "other"]).toContain(row.category ?? "none");
      expect(row).toMatchObject({ labelSource: "llm", confidence: expect.any(Number) });
    }
    expect((await cli("audit", batchId)).exit).toBe(0);

    await cli(...classify);
    const again = await cluster.client.getBatch(
      JSON.parse((await cli("status", "latest", "--json")).stdout).batch.batchId,
    );
    expect(again).toMatchObject({ extract: { unchanged: 5 }, classify: { classified: 4, no_text: 1 } });
    expect((await cluster.client.listLlmCalls(again.batchId)).totals.calls).toBe(0);

    // The server dies: what is handed in is read, and its labels wait until it is back.
    await ollama.kill();
    const workers = await waitUntil("the worker says that its LLM is away", async () => {
      const found = await cluster.client.listWorkers();
      return found.some((worker) =>
        worker.labellers.some(({ classifier, available }) => classifier.startsWith("llm@") && !available),
      )
        ? found
        : null;
    });
    expect(workers).toHaveLength(1);
    await writeFile(join(folder, "late.pdf"), makePdf({ pages: ["Invoice 118. Total due 12 EUR."] }));
    await cli(...classify.slice(0, -1));
    const waiting = await waitUntil("all is read", async () => {
      const [newest] = await cluster.client.listBatches({ limit: 1 });
      return newest !== undefined && newest.items === 6 && newest.extract.pending === 0 ? newest : null;
    });
    expect(waiting).toMatchObject({ state: "sealed", classify: { pending: 1 } });
    await ollama.start();
    expect((await cluster.client.waitForBatch(waiting.batchId)).classify).toMatchObject({ classified: 5, failed: 0 });
    expect((await cli("audit", waiting.batchId)).exit).toBe(0);
    expect(cluster.log("worker")).not.toContain("Total due");
  },
  300_000,
);
