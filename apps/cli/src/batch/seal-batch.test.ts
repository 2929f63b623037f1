import { expect, test } from "bun:test";
import { AppError, type BatchStatus } from "@sluice/contracts";
import { sealBatch } from "./seal-batch.ts";

function clientThat(...answers: (AppError | null)[]) {
  const calls: unknown[][] = [];
  const sealBatch = (...call: unknown[]) => {
    calls.push(call.slice(0, 2));
    const answer = answers.shift() ?? null;
    return answer === null ? Promise.resolve({} as BatchStatus) : Promise.reject(answer);
  };
  return { calls, client: { sealBatch } };
}

const never = new AbortController().signal;

test("an answer that was lost is asked for again", async () => {
  const { calls, client } = clientThat(new AppError("UNREACHABLE", "connection reset"));
  await sealBatch(client, "b", 7, never);
  expect(calls).toEqual([
    ["b", 7],
    ["b", 7],
  ]);
});

test("a refusal stands", async () => {
  const { calls, client } = clientThat(new AppError("CONFLICT", "6 items, not 7"));
  const sealed = sealBatch(client, "b", 7, never);
  await expect(sealed).rejects.toMatchObject({ code: "CONFLICT" });
  expect(calls).toHaveLength(1);
});
