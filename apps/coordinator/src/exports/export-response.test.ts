import { expect, test } from "bun:test";
import { exportResponse } from "./export-response.ts";

const COLUMNS = [{ name: "text", type: "text", of: (row: { text: string }) => row.text }] as const;
const WHAT = { format: "ndjson", columns: COLUMNS, continues: false, facts: {}, fileName: "x" } as const;

function steps(count: number) {
  const state = { made: 0, ended: false };
  async function* make() {
    try {
      for (; state.made < count; state.made += 1) yield [{ text: "x".repeat(1_000) }];
    } finally {
      state.ended = true;
    }
  }
  return { state, steps: make() };
}

test("no more is read than what is about to be sent; leaving ends the reading", async () => {
  const { state, steps: made } = steps(1_000);
  const reader = exportResponse(made, WHAT).body?.getReader();
  await reader?.read();
  await Bun.sleep(20);
  expect(state.made).toBeLessThan(6);
  expect(state.ended).toBe(false);
  await reader?.cancel();
  expect(state.ended).toBe(true);
});

test("what breaks in the middle breaks the answer, and never ends it", async () => {
  const broken = async function* () {
    yield [{ text: "first" }];
    await Promise.resolve();
    throw new Error("the database is gone");
  };
  for (const format of ["ndjson", "csv", "parquet"] as const) {
    const server = Bun.serve({
      port: 0,
      fetch: () => exportResponse(broken(), { ...WHAT, format }),
      error: () => new Response(),
    });
    const answer = (async () => (await fetch(server.url)).arrayBuffer())();
    expect(
      await answer.then(
        () => "ended",
        () => "broke",
      ),
    ).toBe("broke");
    await server.stop(true);
  }
});
