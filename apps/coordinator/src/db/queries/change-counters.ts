import { canMove, type ClassifyState, type ExtractState } from "@sluice/contracts";
import type { Client } from "../database.ts";

interface Totals {
  items: number;
  pages: number;
  bytes: number;
  needsOcr: number;
}

/** What a transaction changes in the counts of one batch, gathered while it runs and written once, at its end. */
export class CounterChanges {
  readonly #changes = new Map<string, Totals>();
  /** How many items failed, by code. */
  readonly failures = new Map<string, number>();

  /** An item comes in, in these states. */
  enter(
    extract: ExtractState,
    classify: ClassifyState,
    document?: { pages: number; bytes: number; needsOcr: boolean },
  ): void {
    this.#add("extract", extract, 1, document);
    this.#add("classify", classify, 1);
  }

  failed(code: string, items = 1): void {
    this.failures.set(code, (this.failures.get(code) ?? 0) + items);
  }

  /** The states that gain items, with what they gain. */
  *entered(): Generator<Totals & { stage: string; state: string }> {
    for (const [key, totals] of this.#changes) {
      const [stage = "", state = ""] = key.split(" ");
      if (totals.items > 0) yield { stage, state, ...totals };
    }
  }

  /** An item that had no document yet moves to these states. */
  settle(
    from: { extract: ExtractState; classify: ClassifyState },
    to: { extract: ExtractState; classify: ClassifyState },
    document?: { pages: number; bytes: number; needsOcr: boolean },
  ): void {
    checkMove("extract", from.extract, to.extract);
    checkMove("classify", from.classify, to.classify);
    this.#add("extract", from.extract, -1);
    this.#add("classify", from.classify, -1);
    this.enter(to.extract, to.classify, document);
  }

  move(stage: "extract", from: ExtractState, to: ExtractState, items: number): void;
  move(stage: "classify", from: ClassifyState, to: ClassifyState, items: number): void;
  move(stage: "extract" | "classify", from: ExtractState | ClassifyState, to: string, items: number): void {
    checkMove(stage, from, to);
    this.#add(stage, from, -items);
    this.#add(stage, to, items);
  }

  /** Takes over what another has gathered. */
  add(other: CounterChanges): void {
    for (const [key, change] of other.#changes) {
      const totals = this.#totals(key);
      totals.items += change.items;
      totals.pages += change.pages;
      totals.bytes += change.bytes;
      totals.needsOcr += change.needsOcr;
    }
    for (const [code, items] of other.failures) this.failed(code, items);
  }

  #totals(key: string): Totals {
    let totals = this.#changes.get(key);
    if (totals === undefined) {
      totals = { items: 0, pages: 0, bytes: 0, needsOcr: 0 };
      this.#changes.set(key, totals);
    }
    return totals;
  }

  #add(
    stage: string,
    state: string,
    items: number,
    document?: { pages: number; bytes: number; needsOcr: boolean },
  ): void {
    const totals = this.#totals(`${stage} ${state}`);
    totals.items += items;
    totals.pages += document?.pages ?? 0;
    totals.bytes += document?.bytes ?? 0;
    totals.needsOcr += document?.needsOcr === true ? 1 : 0;
  }

  /**
   * Writes the changes; returns how many items are still pending in any stage. One statement, because everybody else's commit
   * waits from its beginning to the end of the transaction. The row (extract, pending) is locked before any other is touched;
   * of the rows that it writes, this statement sees what was committed until then, and both that count what is pending
   * are among them.
   */
  async apply(client: Client, batchId: string): Promise<number> {
    const changes = [...this.#changes].filter(
      ([key, { items, pages, bytes, needsOcr }]) =>
        PENDING.includes(key) || [items, pages, bytes, needsOcr].some((change) => change !== 0),
    );
    for (const key of PENDING) if (!this.#changes.has(key)) changes.push([key, NOTHING]);
    const { rows } = await client.query<{ pending: number }>({
      name: "change-counters",
      text: `with mutex as materialized (
         select 1 as held from batch_counters
          where batch_id = $1 and stage = 'extract' and state = 'pending' for update),
       changed as (
         update batch_counters c
            set items = c.items + d.items, pages = c.pages + d.pages, bytes = c.bytes + d.bytes,
                needs_ocr = c.needs_ocr + d.needs_ocr
           from mutex, unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
             as d (key, items, pages, bytes, needs_ocr)
          where c.batch_id = $1 and c.stage || ' ' || c.state = d.key
          returning c.state, c.items)
       select coalesce(sum(items) filter (where state = 'pending'), 0)::int as pending from changed`,
      values: [
        batchId,
        changes.map(([key]) => key),
        changes.map(([, totals]) => totals.items),
        changes.map(([, totals]) => totals.pages),
        changes.map(([, totals]) => totals.bytes),
        changes.map(([, totals]) => totals.needsOcr),
      ],
    });
    return rows[0]?.pending ?? 0;
  }
}

/** What counts as not done yet. */
const PENDING = ["extract pending", "classify pending"];
const NOTHING: Totals = { items: 0, pages: 0, bytes: 0, needsOcr: 0 };

/** The transition table is asked before a transaction that breaks it can commit. */
function checkMove(stage: "extract" | "classify", from: string, to: string): void {
  if (from === to || canMove(stage, from as "pending", to as "pending")) return;
  throw new Error(`no item moves from ${stage} ${from} to ${to}`);
}
