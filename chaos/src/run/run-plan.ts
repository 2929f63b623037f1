import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pause } from "@sluice/client";
import type { EventType } from "@sluice/contracts";
import { type Fleet, type FleetNetwork, s3Service, startFleet } from "@sluice/testkit";
import type { BookedWebhook } from "../check/check-events.ts";
import { checkStore } from "../check/check-store.ts";
import { DocumentSet } from "../documents/document-set.ts";
import type { Plan, Round } from "../plan/plan.ts";
import { modelService } from "../llm/model-service.ts";
import { receiverService } from "../receiver/receiver-service.ts";
import { Book, type BookedBatch } from "./book.ts";
import { EventLog } from "./event-log.ts";
import { inflict } from "./inflict.ts";
import { BUCKET, loadOf } from "./load-of.ts";
import { placeObjects } from "./place-objects.ts";
import { quietPoint } from "./quiet-point.ts";
import { readExport } from "./read-export.ts";
import { submit } from "./submit.ts";
import { useToken } from "./use-token.ts";
import { watchEvents } from "./watch-events.ts";

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
  const receiverFolder = join(folder, "receiver");
  const llmFolder = join(folder, "llm");
  const uploads = join(folder, "uploads");
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
    services: [
      receiverService(receiverFolder),
      modelService(llmFolder),
      ...(plan.s3 ? [s3Service(join(folder, "s3"), [BUCKET])] : []),
    ],
    // What waits for others is tried again soon: no quiet point is to wait for minutes.
    coordinatorEnvironment: {
      SLUICE_BLOBS: uploads,
      SLUICE_SOURCE_RETRY_SECONDS: "0.2",
      SLUICE_WEBHOOK_RETRY_SECONDS: "0.05",
      SLUICE_WEBHOOK_TIMEOUT_SECONDS: "2",
    },
    // Killed processes lose nothing that the kernel has; syncing it would only make the run slower.
    postgresSettings: { fsync: "off", shared_buffers: "64MB" },
    onDeath: (part, how) => noteDeath(book, log, part, how),
  });
  await fleet.whenReady();
  const webhooks = await bookWebhooks(fleet);
  await using watch = watchEvents({ fleet, book, log, folder });
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
    const parts = { fleet, book, log, folder: join(folder, "jobs"), receiverFolder, llmFolder, signal: abort.signal };
    await placeObjects(
      parts,
      rounds,
      batches.flatMap(({ load }) => load.objects),
    );
    const storm = [
      ...round.faults.map((fault) => ({
        name: JSON.stringify(fault),
        over: pause(fault.atMs, parts.signal).then(() => inflict(fault, parts)),
      })),
      ...batches.map(({ batch, load }) => ({
        name: batch.submission.name,
        over: pause(batch.submission.atMs, parts.signal).then(() => submit(parts, batch, load)),
      })),
      ...round.exports.map((planned) => ({
        name: JSON.stringify(planned),
        over: pause(planned.atMs, parts.signal).then(() => readExport(parts, planned, book.batches)),
      })),
      ...round.tokens.map((planned) => ({
        name: planned.name,
        over: pause(planned.atMs, parts.signal).then(() => useToken(parts, planned)),
      })),
      ...round.watcherKillsAtMs.map((atMs) => ({
        name: `watcher killed at ${atMs}`,
        over: pause(atMs, parts.signal).then(() => {
          if (!watch.kill()) return;
          log.note("watcher killed");
          book.count("killed: watcher");
          book.count("kills");
        }),
      })),
    ];
    const goesOn = await quietPoint({
      parts,
      abort,
      round: rounds,
      storm,
      stormMs: round.stormMs,
      documents,
      since,
      uploads,
      told: { webhooks, watched: watch.journal },
    });
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

/** One webhook for everything, and one for the ends. */
async function bookWebhooks(fleet: Fleet): Promise<BookedWebhook[]> {
  const [client] = fleet.clients;
  if (client === undefined) throw new Error("there is no coordinator to ask");
  const address = fleet.serviceAddress("receiver");
  const all = await client.createWebhook({ url: `http://${address}/all` });
  const types: EventType[] = ["batch.done", "batch.cancelled"];
  const ends = await client.createWebhook({ url: `http://${address}/ends`, types });
  return [
    { path: "/all", secret: all.secret, types: null },
    { path: "/ends", secret: ends.secret, types },
  ];
}

/** Writes the batches of a round down, and their documents to disk, before anything begins. */
function bookRound(round: Round, number: number, documents: DocumentSet) {
  return round.submissions.map((submission) => {
    const load = loadOf(submission, documents);
    const batch: BookedBatch = {
      submission,
      round: number,
      items: load.expected,
      batchId: null,
      end: null,
      cancelled: null,
      paused: null,
      deleted: false,
      retries: 0,
    };
    return { batch, load };
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
