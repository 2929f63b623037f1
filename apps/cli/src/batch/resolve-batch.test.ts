import { describe, expect, test } from "bun:test";
import type { BatchStatus } from "@sluice/contracts";
import { resolveBatch } from "./resolve-batch.ts";

const IDS = [
  "019aaaaa-0002-7000-8000-000000000002",
  "019aaaaa-0001-7000-8000-000000000001",
  "018bbbbb-0001-7000-8000-000000000001",
];

function clientWith(ids: readonly string[]) {
  return {
    listBatches: ({ limit }: { limit?: number } = {}) =>
      Promise.resolve(ids.slice(0, limit).map((batchId) => ({ batchId }) as BatchStatus)),
  };
}

describe("resolveBatch", () => {
  const client = clientWith(IDS);

  test("latest, a whole id, a unique start in any case", async () => {
    expect(await resolveBatch(client, "latest")).toBe(IDS[0] ?? "");
    expect(await resolveBatch(client, "019AAAAA-0001")).toBe(IDS[1] ?? "");
    expect(await resolveBatch(clientWith([]), "018bbbbb-0001-7000-8000-000000000001")).toBe(IDS[2] ?? "");
  });

  test("more than one, none, and nonsense", () => {
    expect(resolveBatch(client, "019aaaaa")).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("2 batches"),
    });
    expect(resolveBatch(client, "0999")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(resolveBatch(client, "019")).rejects.toMatchObject({ code: "USAGE" });
    expect(resolveBatch(client, "yesterday")).rejects.toMatchObject({ code: "USAGE" });
    expect(resolveBatch(clientWith([]), "latest")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
