import { expect, spyOn, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { connectDatabase, type Database } from "../src/db/database.ts";
import { indexStep, type IndexedStep } from "../src/search/index-step.ts";
import { LANGUAGES } from "../src/search/languages.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, contentOf, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { makeItems, startTestCoordinator, type TestCoordinator } from "./support/test-coordinator.ts";

/** A coordinator that makes nothing searchable by itself, and a connection to do it by hand. */
async function byHand() {
  const database = await coordinatorDatabase();
  const coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_SEARCH_INDEX: "0" });
  const logger = createLogger({ name: "test", level: "silent" });
  const connection = connectDatabase({ url: database.databaseUrl, poolSize: 2, logger });
  return {
    coordinator,
    connection,
    [Symbol.asyncDispose]: async () => {
      await connection.close();
      await coordinator[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function finish(database: Database): Promise<IndexedStep[]> {
  const steps: IndexedStep[] = [];
  for (;;) {
    const step = await indexStep(database);
    if (step === null) return steps;
    steps.push(step);
  }
}

/** As PostgreSQL refuses a vector that is too large, or a text that is none. */
const plant = (table: string, condition: string, state: string) => `
  create function refuse_${table}() returns trigger language plpgsql as $$
  begin
    if ${condition} then raise exception 'planted' using errcode = '${state}'; end if;
    return new;
  end $$;
  create trigger refuse_${table} before insert on ${table} for each row execute function refuse_${table}()`;

const pageText = (item: string, page: number) => `page ${page} of the item ${item} is here for the test of it`;
const answer = answerAll((item, request) => {
  const name = contentOf(item.uri);
  const pages = Array.from({ length: 3 }, (_, index) => {
    const text = name.endsWith("poison") && index === 1 ? "venomous words" : pageText(name.slice(-6), index + 1);
    return { verdict: "text" as const, chars: text.length, text };
  });
  return documentLine(item, request, { pageCount: 3, pages });
});

async function submit(coordinator: TestCoordinator, names: readonly string[]): Promise<string> {
  const items = makeItems(names.length).map((item, index) => ({ ...item, uri: `${item.uri}-${names[index]}` }));
  const batchId = await coordinator.submit(items);
  await coordinator.ended(batchId);
  return batchId;
}

const search = async (coordinator: TestCoordinator, q: string, batch: string) =>
  await coordinator.json("GET", `/v1/search?${new URLSearchParams({ q, batch }).toString()}`);

test.each([
  ["54000", "a vector that is too large"],
  ["22021", "a bad code point"],
  ["23514", "a constraint"],
])(
  "a page that is refused for good (%s, %s) is set aside, and all else is found",
  async (state) => {
    await using stand = await byHand();
    const { coordinator, connection } = stand;
    await using _worker = await startFakeWorker(coordinator, { answer });
    await coordinator.sql(plant("search_pages", "new.words @@ '''venom'''", state));
    const first = await submit(coordinator, ["alpha", "poison", "gamma"]);
    const second = await submit(coordinator, ["delta"]);
    const steps = await finish(connection);
    expect(steps.map((step) => step.fault)).toEqual(steps.map(() => null));
    expect(steps.reduce((sum, step) => sum + step.refused, 0)).toBe(1);
    expect(await coordinator.sql("select page_no, code, message from search_refusals")).toEqual([
      { page_no: 2, code: state, message: "planted" },
    ]);
    expect((await search(coordinator, "page item", first)).searchable).toEqual({
      items: 3,
      of: 3,
      withoutText: 0,
      refused: 1,
      stalled: 0,
    });
    expect((await search(coordinator, "page item", first)).hits).toHaveLength(8);
    expect((await search(coordinator, "page item", second)).hits).toHaveLength(3);
    expect(await finish(connection)).toEqual([]);
  },
  60_000,
);

test("a text at which the telling of its language fails is found all the same", async () => {
  await using stand = await byHand();
  const { coordinator, connection } = stand;
  await using _worker = await startFakeWorker(coordinator, { answer });
  const batch = await submit(coordinator, ["alpha", "poison"]);
  const small = LANGUAGES["en"]?.small ?? new Set<string>();
  const has = small.has.bind(small);
  using _planted = spyOn(small as Set<string>, "has").mockImplementation((word) => {
    if (word === "venomous") throw new TypeError("planted");
    return has(word);
  });
  expect((await finish(connection)).every((step) => step.fault === null && step.refused === 0)).toBe(true);
  expect((await search(coordinator, "venomous", batch)).hits).toMatchObject([{ pageNo: 2, language: null }]);
}, 60_000);

test("a batch that cannot be gone on with is tried again later, and those behind it do not wait", async () => {
  await using stand = await byHand();
  const { coordinator, connection } = stand;
  await using _worker = await startFakeWorker(coordinator, { answer });
  await coordinator.sql(plant("search_items", "new.ordinal = 2", "XX000"));
  const first = await submit(coordinator, ["alpha", "beta", "gamma"]);
  const second = await submit(coordinator, ["delta"]);
  const steps = await finish(connection);
  expect(steps.map(({ batchId, done, fault }) => [batchId, done, fault?.message ?? null])).toEqual([
    [first, false, "planted"],
    [second, true, null],
  ]);
  expect((await search(coordinator, "page", first)).searchable).toMatchObject({ items: 0, of: 3, stalled: 1 });
  const [standing] = await coordinator.sql(
    "select tries, message, due_at > now() as later from search_batches where tries > 0",
  );
  expect(standing).toEqual({ tries: 1, message: "XX000: planted", later: true });
  await coordinator.sql("drop trigger refuse_search_items on search_items");
  await coordinator.sql("update search_batches set due_at = now()");
  expect((await finish(connection)).map((step) => step.done)).toEqual([true]);
  expect((await search(coordinator, "page", first)).searchable).toMatchObject({ items: 3, of: 3, stalled: 0 });
}, 60_000);

test("what passes is no refusal: nothing is set aside, and the step is tried again", async () => {
  await using stand = await byHand();
  const { coordinator, connection } = stand;
  await using _worker = await startFakeWorker(coordinator, { answer });
  await coordinator.sql(plant("search_pages", "true", "53200"));
  const batch = await submit(coordinator, ["alpha"]);
  expect((await finish(connection)).map((step) => step.fault?.message)).toEqual(["planted"]);
  expect(await coordinator.sql("select 1 from search_refusals")).toEqual([]);
  await coordinator.sql("drop trigger refuse_search_pages on search_pages");
  await coordinator.sql("update search_batches set due_at = now()");
  await finish(connection);
  expect((await search(coordinator, "page", batch)).hits).toHaveLength(3);
}, 60_000);

test("after a retry only what was retried is read; a document that was left in its middle is gone on with", async () => {
  await using stand = await byHand();
  const { coordinator, connection } = stand;
  let fails = true;
  const long = 250;
  await using _worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) => {
      if (item.ordinal === 3 && fails) return failedLine(item, "CHILD_TIMEOUT");
      const count = item.ordinal === 1 ? long : 1;
      const pages = Array.from({ length: count }, (_, page) => {
        const text = pageText(String(item.ordinal), page + 1);
        return { verdict: "text" as const, chars: text.length, text };
      });
      return documentLine(item, request, { pageCount: count, pages });
    }),
  });
  const batch = await submit(coordinator, ["a", "b", "c", "d"]);
  await indexStep(connection);
  expect(await coordinator.sql("select next_item, next_page from search_batches")).toEqual([
    { next_item: 1, next_page: 100 },
  ]);
  // The batch ends anew while the index is in the middle of a document.
  fails = false;
  await coordinator.json("POST", `/v1/batches/${batch}/retry`, {});
  await coordinator.ended(batch);
  expect((await finish(connection)).reduce((sum, step) => sum + step.pages, 0)).toBe(long + 3 - 100);
  expect(await coordinator.sql("select count(*)::int as pages from search_pages")).toEqual([{ pages: long + 3 }]);
  expect((await search(coordinator, '"page 250"', batch)).hits).toHaveLength(1);

  // Once more, with nothing new: the rows of what is there are not written again.
  const before = await coordinator.sql("select xmin::text, ctid::text, ordinal from search_items order by ordinal");
  await coordinator.sql("update batches set finished_at = now() where id = $1", [batch]);
  expect((await finish(connection)).reduce((sum, step) => sum + step.pages, 0)).toBe(0);
  expect(await coordinator.sql("select xmin::text, ctid::text, ordinal from search_items order by ordinal")).toEqual(
    before,
  );
  expect((await search(coordinator, "page", batch)).searchable).toMatchObject({ items: 4, of: 4 });
}, 60_000);
