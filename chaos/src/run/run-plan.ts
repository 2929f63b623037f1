import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pause } from "@sluice/client";
import { type Fleet, type FleetNetwork, startFleet } from "@sluice/testkit";
import { checkStore } from "../check/check-store.ts";
import { DocumentSet } from "../documents/document-set.ts";
import type { Plan, Round } from "../plan/plan.ts";
import { Book, type BookedBatch } from "./book.ts";
import { EventLog } from "./event-log.ts";
import { inflict } from "./inflict.ts";
import { quietPoint } from "./quiet-point.ts";
import { submit } from "./submit.ts";

export interface RunOptions {
  plan: Plan;
  network: FleetNetwork["kind"];
  /** Where everything of the run is kept; must be new or empty. */
  folder: string;
  /** No round begins after it. */
  minutes: number;
  /** What a person wants to see meanwhile, a line at a time. */
  say: (line: string) => void;
  /** Aborted: it ends everything it has started and returns what it has found so far. */
  signal?: AbortSignal;
}

export interface RunResult {
  readonly book: Book;
  readonly rounds: number;
  readonly seconds: number;
  readonly documents: number;
  readonly pages: number;
}

/** What is under way when a run gives up is over after it. */
const SETTLE_MS = 10_000;

/** Plays a plan against a fleet of its own and holds what is stored against the book at every quiet point. */
export async function runPlan(options: RunOptions): Promise<RunResult> {
  const { plan, folder, say } = options;
  mkdirSync(join(folder, "jobs"), { recursive: true });
  const begun = performance.now();
  const book = new Book();
  const log = new EventLog(join(folder, "events.jsonl"));
  const documents = new DocumentSet(join(folder, "documents"));
  const abort = new AbortController();
  const onAbort = () => abort.abort(options.signal?.reason);
  options.signal?.addEventListener("abort", onAbort, { once: true });
  await using fleet = await startFleet({
    network: options.network,
    folder: join(folder, "fleet"),
    fileRoots: [documents.folder],
    coordinators: plan.coordinators,
    workers: plan.workers,
    extractor: join(import.meta.dir, "../documents/poisoned-extractor.ts"),
    logLevel: "info",
    // Killed processes lose nothing that the kernel has; syncing it would only make the run slower.
    postgresSettings: { fsync: "off", shared_buffers: "64MB" },
    onDeath: (part, how) => noteDeath(book, log, part, how),
  });
  await fleet.whenReady();
  say(`fleet ready after ${seconds(begun)} s: ${fleet.parts.map(({ name }) => name).join(", ")}`);

  let rounds = 0;
  for (const round of plan.rounds) {
    if (performance.now() - begun > options.minutes * 60_000) break;
    rounds += 1;
    log.note("round", { round: rounds });
    const before = book.violations.length;
    const [{ now: since }] = (await fleet.query<{ now: Date }>("select now() as now")) as [{ now: Date }];
    const batches = bookRound(round, rounds, documents);
    book.batches.push(...batches.map(({ batch }) => batch));
    const parts = { fleet, book, log, folder: join(folder, "jobs"), signal: abort.signal };
    const storm = [
      ...round.faults.map((fault) => ({
        name: JSON.stringify(fault),
        over: pause(fault.atMs, parts.signal).then(() => inflict(fault, parts)),
      })),
      ...batches.map(({ batch, items }) => ({
        name: batch.submission.name,
        over: pause(batch.submission.atMs, parts.signal).then(() => submit(parts, batch, items)),
      })),
    ];
    const goesOn = await quietPoint({ parts, abort, round: rounds, storm, stormMs: round.stormMs, documents, since });
    say(
      `round ${rounds}: ${seconds(begun)} s, ${book.counts.get("kills") ?? 0} kills, ${book.counts.get("items") ?? 0} items, ` +
        `${book.counts.get("audits") ?? 0} audits, ${book.violations.length} violations`,
    );
    for (const violation of book.violations.slice(before)) {
      say(`  VIOLATION in ${violation.name}: ${violation.kind}: ${violation.detail}`);
    }
    if (!goesOn) {
      // Nothing may start a part again while everything is ended.
      await Promise.race([Promise.allSettled(storm.map(({ over }) => over)), Bun.sleep(SETTLE_MS)]);
      break;
    }
  }
  options.signal?.removeEventListener("abort", onAbort);
  const whole = await wholeStore(fleet, book, documents, rounds);
  return { book, rounds, seconds: seconds(begun), ...whole };
}

/** Writes the batches of a round down, and their documents to disk, before anything begins. */
function bookRound(round: Round, number: number, documents: DocumentSet) {
  return round.submissions.map((submission) => {
    const items = submission.documents.map((reference, ordinal) => documents.item(reference, ordinal));
    const batch: BookedBatch = {
      submission,
      round: number,
      items: items.map(({ known, submission: { uri } }) => ({ uri, document: known })),
      batchId: null,
      end: null,
      cancelled: null,
      paused: null,
    };
    return { batch, items: items.map(({ submission }) => submission) };
  });
}

/** At the end, texts stored in every round are read once more. */
async function wholeStore(fleet: Fleet, book: Book, documents: DocumentSet, round: number) {
  try {
    const { faults, ...sums } = await checkStore(fleet, documents, null);
    for (const fault of faults) book.violate({ round, batchId: null, name: "the whole store", ...fault });
    return sums;
  } catch (error) {
    book.violate({ round, batchId: null, name: "the whole store", kind: "not checked", detail: String(error) });
    return { documents: 0, pages: 0 };
  }
}

/** Only a document that kills its worker, and a database that is away at a start, may end a part. */
function noteDeath(book: Book, log: EventLog, part: string, how: unknown): void {
  const facts = how instanceof Error ? { fault: how.message } : (how as Record<string, unknown> | undefined);
  const whileStarting = how instanceof Error;
  const byDocument = part.startsWith("worker") && facts?.["signal"] === "SIGKILL";
  log.note(whileStarting ? "did not start" : "died by itself", { part, ...facts });
  book.count(whileStarting ? "starts in vain" : byDocument ? "workers killed by a document" : "deaths unasked");
  if (whileStarting || byDocument) return;
  book.violate({
    round: 0,
    batchId: null,
    name: part,
    kind: "died by itself",
    detail: JSON.stringify(facts ?? {}).slice(0, 1_500),
  });
}

function seconds(since: number): number {
  return Number(((performance.now() - since) / 1000).toFixed(1));
}
