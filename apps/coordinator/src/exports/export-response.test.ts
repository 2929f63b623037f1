import { expect, test } from "bun:test";
import { exportResponse } from "./export-response.ts";
import { ParquetPlaces } from "./parquet-places.ts";

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
  const reader = exportResponse(made, WHAT, new ParquetPlaces(1)).body?.getReader();
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
  // One for all: what broke has no place any more.
  const places = new ParquetPlaces(1);
  for (const format of ["parquet", "ndjson", "csv", "parquet"] as const) {
    const server = Bun.serve({
      port: 0,
      fetch: () => exportResponse(broken(), { ...WHAT, format }, places),
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

test("a Parquet file has a place until its end, or until its reader leaves; other formats take none", async () => {
  const places = new ParquetPlaces(2);
  const parquet = () => exportResponse(steps(3).steps, { ...WHAT, format: "parquet" }, places);
  const [first, second] = [parquet(), parquet()];
  expect(parquet).toThrow(
    expect.objectContaining({ code: "EXPORTS_BUSY", context: expect.objectContaining({ parquetExports: 2 }) }),
  );
  expect(await exportResponse(steps(3).steps, WHAT, places).text()).toHaveLength(3 * 1_012);
  expect((await first.bytes()).length).toBeGreaterThan(0);
  const third = parquet();
  expect(parquet).toThrow();
  await third.body?.cancel();
  await second.body?.cancel();
  for (const export_ of [parquet(), parquet()]) await export_.bytes();
});
