import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ItemSubmission } from "@sluice/contracts";
import { peakRssOf } from "../metrics/peak-rss.ts";
import { sourceVersionOf } from "../workers/synthetic-documents.ts";
import { type FleetCpu, type FleetStand, openFleetStand } from "./fleet-stand.ts";

export interface FleetOptions {
  workers: number;
  slots: number;
  /** Time a document, each tried by itself: the shorter, the more shards a second. */
  msPerDocument: readonly number[];
  /** How many side by side, each tried by itself. */
  coordinators: readonly number[];
  /** About how long each try takes when no slot is ever idle. */
  seconds: number;
  repeats: number;
}

/** One try. Between the moment when every slot was taken and the moment when fewer shards waited than there are slots. */
export interface FleetRound {
  coordinators: number;
  msPerDocument: number;
  documents: number;
  shards: number;
  windowSeconds: number;
  /** Share of the time of all slots in which they had a shard. */
  slotUse: number;
  /** How long a slot was idle from one shard to the next, in the mean. */
  idleMsPerShard: number;
  shardsPerSecond: number;
  documentsPerSecond: number;
  cpuMsPerShard: FleetCpu;
  /** CPU seconds a second over all of them. */
  coresUsed: number;
  /** How many connections waited for a lock, in the mean over the looks. */
  lockWaits: number;
  /** Of the whole try. */
  deadlocks: number;
  rollbacks: number;
  /** Attempts by what became of them. */
  outcomes: Record<string, number>;
  /** Attempts by coordinator, the busiest first. */
  shares: number[];
  coordinatorPeakRssMb: number;
  balanced: boolean;
}

export interface FleetReport {
  suite: "fleet";
  options: FleetOptions;
  /** The best of each combination. */
  best: FleetRound[];
  rounds: FleetRound[];
}

const PAGES_PER_DOCUMENT = 2;
const LOOK_EVERY_MS = 200;
// Fewer looks than this say nothing.
const FEWEST_LOOKS = 5;

/**
 * Synthetic workers that answer after a set time, on ports of this machine: do the coordinators keep every slot at work? The
 * combinations take turns, and the round with the least idle time is kept.
 */
export async function benchFleet(options: FleetOptions): Promise<FleetReport> {
  const rounds: FleetRound[] = [];
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    for (const msPerDocument of options.msPerDocument) {
      for (const coordinators of options.coordinators) {
        rounds.push(await runRound(options, coordinators, msPerDocument));
      }
    }
  }
  const combinations = Map.groupBy(rounds, (round) => `${round.msPerDocument} ${round.coordinators}`);
  const best = [...combinations.values()].map((same) => same.reduce((a, b) => (b.slotUse > a.slotUse ? b : a)));
  return { suite: "fleet", options, best, rounds };
}

async function runRound(options: FleetOptions, coordinators: number, msPerDocument: number): Promise<FleetRound> {
  const { workers, slots } = options;
  const documents = Math.ceil((options.seconds * 1_000 * workers * slots) / msPerDocument);
  const folder = mkdtempSync(join(tmpdir(), "sluice-fleet-"));
  try {
    await using stand = await openFleetStand(folder, {
      coordinators,
      workers,
      slots,
      msPerDocument,
      pages: PAGES_PER_DOCUMENT,
    });
    const { batchId, shards } = await handInPaused(stand, documents);
    const before = await serverCounts(stand);
    const looks = await lookOn(stand, batchId, shards);
    const after = await serverCounts(stand);
    const [begin, end] = windowOf(looks, { slots: workers * slots, shards });
    const ended = end.shards - begin.shards;
    const windowSeconds = (end.atMs - begin.atMs) / 1_000;
    const allSlotsMs = (end.atMs - begin.atMs) * workers * slots;
    const cpuMs = (role: keyof FleetCpu) => (1_000 * (end.cpu[role] - begin.cpu[role])) / ended;
    const cpuMsPerShard = {
      coordinators: cpuMs("coordinators"),
      postgres: cpuMs("postgres"),
      workers: cpuMs("workers"),
    };
    const inWindow = looks.filter(({ atMs }) => atMs >= begin.atMs && atMs <= end.atMs);
    return {
      coordinators,
      msPerDocument,
      documents,
      shards,
      windowSeconds,
      slotUse: (end.busyMs - begin.busyMs) / allSlotsMs,
      idleMsPerShard: (allSlotsMs - (end.busyMs - begin.busyMs)) / ended,
      shardsPerSecond: ended / windowSeconds,
      documentsPerSecond: (end.documents - begin.documents) / windowSeconds,
      cpuMsPerShard,
      coresUsed: (Object.values(cpuMsPerShard).reduce((sum, ms) => sum + ms, 0) * ended) / 1_000 / windowSeconds,
      lockWaits: inWindow.reduce((sum, look) => sum + look.lockWaits, 0) / inWindow.length,
      deadlocks: after.deadlocks - before.deadlocks,
      rollbacks: after.rollbacks - before.rollbacks,
      ...(await attemptsOf(stand, batchId)),
      coordinatorPeakRssMb: Math.max(...stand.coordinatorPids.map((pid) => peakRssOf(pid))) / 2 ** 20,
      balanced: (await stand.client.audit(batchId)).balanced,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A batch whose shards all wait: what intake costs is not measured here. */
async function handInPaused(stand: FleetStand, documents: number): Promise<{ batchId: string; shards: number }> {
  const { client, sql } = stand;
  const { batch } = await client.openBatch();
  const { batchId } = batch;
  await client.pauseBatch(batchId);
  await client.appendItems(
    batchId,
    Array.from({ length: documents }, (_, ordinal) => itemOf(ordinal)),
  );
  await client.sealBatch(batchId, documents);
  const rows: { shards: number }[] =
    await sql`select count(distinct shard_id)::int as shards from items where batch_id = ${batchId}`;
  await client.resumeBatch(batchId);
  return { batchId, shards: rows[0]?.shards ?? 0 };
}

/** Sizes differ: a worker is sent the hashes of all stored documents of the very size. */
function itemOf(ordinal: number): ItemSubmission {
  const sizeBytes = 50_000 + ordinal;
  return { ordinal, uri: `file:///synthetic/${ordinal}.pdf`, sizeBytes, sourceVersion: sourceVersionOf(sizeBytes) };
}

interface Look {
  atMs: number;
  busy: number;
  busyMs: number;
  shards: number;
  documents: number;
  lockWaits: number;
  cpu: FleetCpu;
}

/** Looks on from the outside until the batch is done. */
async function lookOn({ client, sql, workers, cpu }: FleetStand, batchId: string, shards: number): Promise<Look[]> {
  const looks: Look[] = [];
  for (;;) {
    const stats = await workers.stats();
    const sum = (figure: "busy" | "busyMs" | "shards" | "documents") =>
      stats.reduce((total, worker) => total + worker[figure], 0);
    const atMs = performance.now();
    const waiting: { waits: number }[] =
      await sql`select count(*)::int as waits from pg_stat_activity where wait_event_type = 'Lock'`;
    looks.push({
      atMs,
      busy: sum("busy"),
      busyMs: sum("busyMs"),
      shards: sum("shards"),
      documents: sum("documents"),
      lockWaits: waiting[0]?.waits ?? 0,
      cpu: cpu(),
    });
    if (sum("shards") >= shards && (await client.getBatch(batchId)).state === "done") return looks;
    await Bun.sleep(LOOK_EVERY_MS);
  }
}

/** From the first look at which every slot was taken; were there none, from when as many shards had ended as there are slots. */
function windowOf(looks: readonly Look[], fleet: { slots: number; shards: number }): [Look, Look] {
  const full = looks.findIndex((look) => look.busy >= fleet.slots);
  const begun = full >= 0 ? full : looks.findIndex((look) => look.shards >= fleet.slots);
  const low = looks.findLastIndex((look) => fleet.shards - look.shards - look.busy >= fleet.slots);
  const [begin, end] = [looks[begun], looks[low]];
  if (begin === undefined || end === undefined || low - begun < FEWEST_LOOKS) {
    throw new Error("the queue was never full for long enough: give it more --seconds");
  }
  return [begin, end];
}

async function serverCounts({ sql }: FleetStand): Promise<{ deadlocks: number; rollbacks: number }> {
  const rows: { deadlocks: number; rollbacks: number }[] =
    await sql`select deadlocks::int, xact_rollback::int as rollbacks from pg_stat_database where datname = current_database()`;
  return rows[0] ?? { deadlocks: 0, rollbacks: 0 };
}

async function attemptsOf({ sql }: FleetStand, batchId: string): Promise<Pick<FleetRound, "outcomes" | "shares">> {
  const rows: { coordinator: string; outcome: string; attempts: number }[] =
    await sql`select coordinator_id as coordinator, outcome, count(*)::int as attempts
                from attempts where batch_id = ${batchId} group by 1, 2`;
  const outcomes: Record<string, number> = {};
  const shares = new Map<string, number>();
  for (const { coordinator, outcome, attempts } of rows) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + attempts;
    shares.set(coordinator, (shares.get(coordinator) ?? 0) + attempts);
  }
  return { outcomes, shares: [...shares.values()].sort((left, right) => right - left) };
}
