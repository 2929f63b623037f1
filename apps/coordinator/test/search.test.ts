import { expect, test } from "bun:test";
import { createLogger } from "@sluice/serverkit";
import { problemSchema, type SearchHit, type SearchResponse, searchResponseSchema } from "@sluice/contracts";
import { connectDatabase, type Database } from "../src/db/database.ts";
import { indexStep } from "../src/search/index-step.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, contentOf, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { at, makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const TEXTS: Record<string, string[]> = {
  english: [
    "The invoices were sent to you on the first day of the month. The total amount is due within thirty days.",
    "This page of the agreement says what the parties to it have agreed on, and nothing about money.",
  ],
  german: ["Die Rechnungen für Ihre Häuser sind dieser Sendung beigefügt und innerhalb von 14 Tagen zu zahlen."],
  french: ["Les factures de l'école ont été envoyées à la préfecture, qui les paie dans les trente jours suivants."],
  russian: ["Договоры были подписаны всеми сторонами, и счёт должен быть оплачен в течение тридцати дней."],
  arabic: ["يجب دفع الفواتير خلال ثلاثين يوما من تاريخ إرسالها إلى العميل في هذا العنوان وعلى الشركة أن تدفع"],
  japanese: ["株式会社東京商事は京都に本社を置く。請求書は発送日から三十日以内にお支払いください。"],
  chinese: ["北京大学的发票应在发出之日起三十天内支付。"],
  thai: ["ใบแจ้งหนี้ต้องชำระภายในสามสิบวัน"],
  awkward: ["=1+1 <script>alert('x')</script> O'Brien \\ % _ ; drop table pages; -- \u0000".replace("\u0000", "")],
};

const answer = answerAll((item, request) => {
  const content = contentOf(decodeURIComponent(item.uri));
  const texts = TEXTS[content] ?? [`nothing of note in ${content}`];
  return documentLine(item, request, {
    pageCount: texts.length,
    pages: texts.map((text) => ({ verdict: "text", chars: text.length, text: request.store === "meta" ? null : text })),
    metadata: { title: `About ${content}` },
    ...(content === "german"
      ? { classification: { state: "classified", category: "rechnung", confidence: 0.9, terms: [] } }
      : {}),
  });
});

const cluster = useCoordinator();

async function submit(coordinator: TestCoordinator, names: string[], options: object = {}): Promise<string> {
  const items = makeItems(names.length).map((item, index) => ({
    ...item,
    uri: `${item.uri.replace(/[^/]*$/, "")}${names[index]}`,
  }));
  const batchId = await coordinator.submit(items, options);
  await coordinator.ended(batchId);
  return batchId;
}

async function search(query: Record<string, string>): Promise<SearchResponse> {
  const path = `/v1/search?${new URLSearchParams(query).toString()}`;
  return searchResponseSchema.parse(await cluster.coordinator.json("GET", path));
}

async function searchable(batch: string): Promise<void> {
  await waitUntil(async () => {
    const { items, of } = (await search({ q: "anything", batch })).searchable;
    return items === of;
  });
}

const names = (hits: readonly SearchHit[]) => hits.map((hit) => hit.title?.replace("About ", "") ?? "").toSorted();

test("pages are found by their words, in every language and script", async () => {
  await using _worker = await startFakeWorker(cluster.coordinator, { answer });
  const batch = await submit(cluster.coordinator, Object.keys(TEXTS));
  await searchable(batch);
  for (const [q, found] of [
    ["invoice", ["english"]],
    ["INVOICED amounts", ["english"]],
    ['"total amount"', ["english"]],
    ['"amount total"', []],
    ["invoice -month", []],
    ["invoice OR agreements", ["english", "english"]],
    ["rechnung", ["german"]],
    ["rechn*", ["german"]],
    ["Häus*", ["german"]],
    ["in*", ["english", "german"]],
    ["préfec*", ["french"]],
    ["prefecture", ["french"]],
    ["ECOLE", ["french"]],
    ["the of to and", ["english"]],
    ["the of to", ["english", "english"]],
    ["haus", ["german"]],
    ["Haeuser", []],
    ["facture ecole", ["french"]],
    ["Prefecture", ["french"]],
    ["договор", ["russian"]],
    ["счет", ["russian"]],
    ["ДОГОВОРОВ", ["russian"]],
    ["الفواتير", ["arabic"]],
    ["تاريخ العميل", ["arabic"]],
    ["東京", ["japanese"]],
    ["京商", ["japanese"]],
    ["東京商事", ["japanese"]],
    ["京東", []],
    ["社", ["japanese"]],
    ["く", ["japanese"]],
    ["北京大学", ["chinese"]],
    ["三十", ["chinese", "japanese"]],
    ["แจ้งหนี้", ["thai"]],
    ["o'brien", ["awkward"]],
    ["alert script", ["awkward"]],
    ["drop table", ["awkward"]],
    ["thirty jours", []],
  ] as const) {
    expect([q, names((await search({ q, batch })).hits)]).toEqual([q, [...found]]);
  }
  const { hits, exhaustive, searchable: far } = await search({ q: "invoice total", batch });
  expect(exhaustive).toBe(true);
  expect(far).toEqual({ items: 9, of: 9, withoutText: 0, refused: 0, stalled: 0 });
  const [hit] = hits;
  expect(hit).toMatchObject({
    pageNo: 1,
    language: "en",
    title: "About english",
    items: [{ batchId: batch, ordinal: 0 }],
  });
  const fragment = at(hit?.fragments ?? [], 0);
  expect(fragment.marks.map(({ start, end }) => fragment.text.slice(start, end))).toEqual(["invoices", "total"]);
  const script = at(at((await search({ q: "script alert", batch })).hits, 0).fragments, 0);
  expect(script.text).toContain("<script>alert('x')</script>");

  expect(names((await search({ q: "thirty OR rechnung OR facture", batch, language: "fr" })).hits)).toEqual(["french"]);
  expect(names((await search({ q: "thirty OR rechnung OR facture", batch, category: "rechnung" })).hits)).toEqual([
    "german",
  ]);
  expect(names((await search({ q: "thirty OR rechnung", batch, category: "nothing" })).hits)).toEqual([]);
});

test("queries that are none, and those that only look like SQL, are answered", async () => {
  const status = async (query: Record<string, string>) =>
    (await cluster.coordinator.request("GET", `/v1/search?${new URLSearchParams(query).toString()}`)).status;
  expect(await status({ q: "" })).toBe(400);
  expect(await status({ q: "-x" })).toBe(400);
  expect(await status({ q: "x*" })).toBe(400);
  const long = await cluster.coordinator.request("GET", `/v1/search?q=${"word+".repeat(2_000)}`);
  expect([long.status, problemSchema.parse(await long.json()).detail]).toEqual([
    400,
    expect.stringContaining("1,000 characters"),
  ]);
  expect(await status({ q: "x", cursor: "nonsense" })).toBe(400);
  expect(await status({ q: "x", limit: "1000" })).toBe(400);
  expect(await status({ q: "x", batch: crypto.randomUUID() })).toBe(404);
  for (const q of [
    "'; drop table pages; --",
    "a & | ! b",
    "a:*",
    "\\",
    '"',
    "'",
    "x'y",
    "(((",
    "<->",
    "🙂",
    "\u0000x",
  ]) {
    expect([q, [200, 400]]).toEqual([
      q,
      expect.arrayContaining([await status({ q, category: "'||'", language: "en" })]),
    ]);
  }
});

test("a page of hits behind the other, none twice and none left out; copies are one hit with their items", async () => {
  await using _worker = await startFakeWorker(cluster.coordinator, { answer });
  const documents = Array.from({ length: 23 }, (_, index) => `paged-${index}`);
  const batch = await submit(cluster.coordinator, [...documents, "paged-0~copy"]);
  await searchable(batch);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await search({ q: "note paged", batch, limit: "5", ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...found.hits.map((hit) => `${hit.contentHash} ${hit.pageNo}`));
    cursor = found.next ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(23);
  expect(new Set(seen).size).toBe(23);
  const copied = (await search({ q: '"note in paged 0"', batch })).hits;
  expect(copied.map((hit) => hit.items.map((item) => item.ordinal))).toEqual([[0, 23]]);
});

test("a batch without text says so, and is counted", async () => {
  await using _worker = await startFakeWorker(cluster.coordinator, { answer });
  const batch = await submit(cluster.coordinator, ["english"], { store: "meta" });
  const response = await cluster.coordinator.request("GET", `/v1/search?q=invoice&batch=${batch}`);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: "NOT_SEARCHABLE" });
  expect((await search({ q: "invoice" })).searchable.withoutText).toBe(1);
});

/** A coordinator that makes nothing searchable by itself, and connections to do it by hand. */
async function byHand() {
  const database = await coordinatorDatabase();
  const coordinator = await startTestCoordinator(database.databaseUrl, { SLUICE_SEARCH_INDEX: "0" });
  const logger = createLogger({ name: "test", level: "silent" });
  const connections = [1, 2].map(() => connectDatabase({ url: database.databaseUrl, poolSize: 2, logger }));
  return {
    coordinator,
    connections: connections as [Database, Database],
    [Symbol.asyncDispose]: async () => {
      for (const connection of connections) await connection.close();
      await coordinator[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function finishIndex(database: Database): Promise<number> {
  let pages = 0;
  for (;;) {
    const step = await indexStep(database);
    if (step === null) return pages;
    pages += step.pages;
  }
}

test("steps go on where others stopped, in the middle of a document, and beside each other", async () => {
  await using stand = await byHand();
  const { coordinator, connections } = stand;
  const many = 777;
  await using _worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) => {
      const count = item.ordinal === 2 ? many : 3;
      // One page has more different words than a vector holds.
      const text = (page: number) =>
        item.ordinal === 4 && page === 1
          ? Array.from({ length: 150_000 }, (_, word) => `w${word}x${word}`).join(" ")
          : `page ${page} of item ${item.ordinal}`;
      const pages = Array.from({ length: count }, (_, page) => ({
        verdict: "text",
        chars: text(page).length,
        text: text(page),
      }));
      return documentLine(item, request, { pageCount: count, pages });
    }),
  });
  const batches = [
    await submit(
      coordinator,
      Array.from({ length: 150 }, (_, index) => `first-${index}`),
    ),
  ];
  batches.push(
    await submit(
      coordinator,
      Array.from({ length: 150 }, (_, index) => `second-${index}`),
    ),
  );
  await indexStep(connections[0]);
  const [standing] = await coordinator.sql(
    "select next_item, next_page, done_at from search_batches where next_page > 1",
  );
  expect(standing).toMatchObject({ next_item: 2, done_at: null });

  // The connection is lost before the step is committed: it has not happened.
  const [before] = await coordinator.sql("select count(*)::int as pages from search_pages");
  const failing: Database = {
    ...connections[0],
    transaction: (work) =>
      connections[0].transaction(async (client) => {
        await work(client);
        throw Object.assign(new Error("killed"), { code: "ECONNRESET" });
      }),
  };
  expect(await indexStep(failing).catch((error: unknown) => error)).toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  expect(await coordinator.sql("select count(*)::int as pages from search_pages")).toEqual([before]);

  await Promise.all(connections.map((connection) => finishIndex(connection)));
  const [counts] = await coordinator.sql(`select (select count(*)::int from search_pages) as searchable,
    (select count(*)::int from pages) as pages, (select count(*)::int from search_documents) as documents,
    (select count(*)::int from search_items) as items, (select sum(items)::int from search_batches) as counted`);
  expect(counts).toEqual({
    searchable: 2 * (149 * 3 + many),
    pages: 2 * (149 * 3 + many),
    documents: 300,
    items: 300,
    counted: 300,
  });
  const found = await coordinator.json("GET", `/v1/search?q=${encodeURIComponent('"page 700 of item 2"')}`);
  expect(found.hits).toHaveLength(2);
  expect((await coordinator.json("GET", "/v1/search?q=w0x0")).hits).toHaveLength(2);
  for (const batch of batches) expect((await coordinator.audit(batch)).balanced).toBe(true);
}, 120_000);

test("what is retried, cancelled or deleted is searchable as far as it is there", async () => {
  await using stand = await byHand();
  const { coordinator, connections } = stand;
  let fails = true;
  await using _worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) =>
      contentOf(item.uri) === "a" && fails ? failedLine(item, "CHILD_TIMEOUT") : documentLine(item, request),
    ),
  });
  const batch = await submit(coordinator, ["a", "b", "c"]);
  const other = await submit(coordinator, ["b~again", "d"], { deduplicate: true });
  expect(await finishIndex(connections[0])).toBe(6);
  fails = false;
  await coordinator.json("POST", `/v1/batches/${batch}/retry`, {});
  await coordinator.ended(batch);
  expect(await finishIndex(connections[0])).toBe(2);
  expect(await finishIndex(connections[0])).toBe(0);
  const count = async (q: string) => (await coordinator.json("GET", `/v1/search?q=${q}`)).hits.length;
  expect([await count("a"), await count("b"), await count("d")]).toEqual([1, 1, 1]);
  expect((await coordinator.json("GET", "/v1/search?q=b")).hits[0].items).toHaveLength(2);

  expect((await coordinator.request("DELETE", `/v1/batches/${other}`)).ok).toBe(true);
  expect((await coordinator.json("GET", "/v1/search?q=b")).hits[0].items).toHaveLength(1);
  await waitUntil(async () => (await coordinator.sql("select 1 from batches where id = $1", [other])).length === 0);
  expect([await count("b"), await count("d")]).toEqual([1, 0]);
  expect((await coordinator.json("GET", "/v1/search?q=b")).hits[0].items).toHaveLength(1);
  const [left] = await coordinator.sql(
    `select
    (select count(*)::int from search_pages p where not exists (select 1 from documents d where d.content_hash = p.content_hash)) as pages,
    (select count(*)::int from search_items where batch_id = $1) as items,
    (select count(*)::int from search_batches where batch_id = $1) as batches`,
    [other],
  );
  expect(left).toEqual({ pages: 0, items: 0, batches: 0 });
});
