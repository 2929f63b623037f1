import { EXPORT_FORMATS } from "@sluice/contracts";
import { LLM_FAULTS } from "../llm/modes.ts";
import type { Fault, Plan, PlannedExport, PlannedToken, Round, Submission } from "./plan.ts";
import { Random } from "./random.ts";

export interface PlanOptions {
  seed: number;
  rounds: number;
  coordinators: number;
  workers: number;
  /** Whether there is an S3 server; default true. Without one, what would come from it comes as files. */
  s3?: boolean;
  /** How long faults go on in a round. */
  stormMs?: number;
  /** Mean time between two faults. */
  faultEveryMs?: number;
}

const STORM_MS = 40_000;
const FAULT_EVERY_MS = 650;
const SUBMISSION_EVERY_MS = 4_500;
const EXPORT_EVERY_MS = 3_000;
const TOKEN_EVERY_MS = 15_000;
const WATCHER_KILL_EVERY_MS = 6_000;
/** No target has two faults at a time, and a rest between them, or nothing would ever be done. */
const REST_MS = 1_500;

/** The plan of a seed. Equal options give equal plans. */
export function makePlan(options: PlanOptions): Plan {
  const random = new Random(options.seed);
  const { seed, coordinators, workers, s3 = true } = options;
  const documents = new DocumentPicker(random);
  const rounds = Array.from({ length: options.rounds }, (_, index) => makeRound(options, index, random, documents));
  return { format: 4, seed, coordinators, workers, s3, rounds };
}

function makeRound(options: PlanOptions, index: number, random: Random, documents: DocumentPicker): Round {
  const stormMs = options.stormMs ?? STORM_MS;
  const submissions: Submission[] = [];
  for (let atMs = 0; atMs < stormMs * 0.85; atMs += Math.max(500, random.gap(SUBMISSION_EVERY_MS))) {
    const name = `round ${index + 1} batch ${submissions.length + 1}`;
    submissions.push(makeSubmission(name, Math.round(atMs), options, random, documents));
  }
  const faults = makeFaults(options, stormMs, random);
  const exports = moments(stormMs, EXPORT_EVERY_MS, random).map((atMs): PlannedExport => ({
    atMs,
    pick: random.next(),
    rows: random.pick(["results", "pages"] as const),
    format: random.pick(EXPORT_FORMATS),
    reset: random.chance(0.5),
  }));
  const tokens = moments(stormMs / 2, TOKEN_EVERY_MS, random).map((atMs, number): PlannedToken => ({
    atMs,
    name: `round ${index + 1} token ${number + 1}`,
    livesMs: random.whole(500, 6_000),
  }));
  return {
    stormMs,
    submissions,
    exports,
    tokens,
    watcherKillsAtMs: moments(stormMs, WATCHER_KILL_EVERY_MS, random),
    faults,
  };
}

/** At least one, at random. */
function moments(withinMs: number, everyMs: number, random: Random): number[] {
  const found: number[] = [];
  for (let at = random.whole(500, everyMs); at < withinMs; at += Math.max(500, random.gap(everyMs)))
    found.push(Math.round(at));
  return found;
}

function makeSubmission(
  name: string,
  atMs: number,
  { coordinators, s3 = true }: PlanOptions,
  random: Random,
  documents: DocumentPicker,
): Submission {
  const size = random.weighted([
    [random.whole(1, 5), 2],
    [random.whole(20, 120), 6],
    [random.whole(200, 500), 2],
  ]);
  const cancelled = random.chance(0.2);
  const picked = documents.pick(size);
  // What is missing can be named, but neither uploaded nor listed.
  const there = picked.filter((document) => !document.startsWith("missing:"));
  const wanted = random.weighted([
    ["files", 4],
    ["uploads", 3],
    ["bucket", 3],
  ] as const);
  const carrier = there.length === 0 || (wanted === "bucket" && !s3) ? "files" : wanted;
  return {
    atMs,
    name,
    through: random.whole(0, coordinators - 1),
    documents: carrier === "files" ? picked : there,
    carrier,
    piecesEvery: random.pick([0, 2, 5]),
    folders: random.whole(1, 4),
    classifier: random.weighted([
      ["rules", 4],
      ["llm", 3],
      ["none", 2],
    ]),
    priority: random.pick(["interactive", "normal", "bulk"] as const),
    deduplicate: random.chance(0.85),
    force: random.chance(0.25),
    chunk: random.pick([7, 25, 60, 1_000]),
    restMs: random.whole(0, 400),
    killsAfterMs: random.chance(0.3) ? Array.from({ length: random.whole(1, 3) }, () => random.whole(150, 1_500)) : [],
    cancelAfterMs: cancelled ? random.whole(100, 6_000) : null,
    pause: random.chance(0.15) ? { afterMs: random.whole(100, 3_000), forMs: random.whole(500, 6_000) } : null,
    urgentAfterMs: random.chance(0.1) ? random.whole(100, 3_000) : null,
    retryAfterMs: random.chance(0.15) ? random.whole(1_000, 20_000) : null,
    delete: random.chance(0.2) ? { afterMs: random.whole(300, 12_000), cancelFirst: random.chance(0.7) } : null,
  };
}

/** Chooses documents so that fresh ones, known ones, copies and poison meet. */
class DocumentPicker {
  readonly #random: Random;
  readonly #used: string[] = [];
  readonly #counts = new Map<string, number>();

  constructor(random: Random) {
    this.#random = random;
  }

  pick(size: number): string[] {
    const picked = new Set<string>();
    while (picked.size < size) picked.add(this.#one());
    return [...picked];
  }

  #one(): string {
    const random = this.#random;
    if (this.#used.length > 20 && random.chance(0.18)) {
      const known = random.pick(this.#used);
      // The very file again, or its bytes under another name.
      return random.chance(0.5) ? known : `${known.split(":").slice(0, 2).join(":")}:${random.whole(1, 9)}`;
    }
    const kind = random.weighted([
      ["plain", 1_000],
      ["twin", 80],
      ["long", 30],
      ["huge", 2],
      ["slow", 12],
      ["flood", 3],
      ["broken", 8],
      ["word", 6],
      ["missing", 5],
      ["crash", 6],
      ["hang", 2.5],
      ["hog", 2],
      ["killer", 0.35],
    ] as const);
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    const document = `${kind}:${number}`;
    // Poison is not handed in twice: each one costs seconds, and one is proof enough.
    if (kind === "plain" || kind === "twin" || kind === "long" || kind === "huge" || kind === "slow")
      this.#used.push(document);
    return document;
  }
}

type FaultKind =
  | "kill-extractor"
  | "kill-worker"
  | "kill-coordinator"
  | "kill-postgres"
  | "kill-backend"
  | "freeze-worker"
  | "freeze-coordinator"
  | "freeze-postgres"
  | "restart-worker"
  | "restart-coordinator"
  | "restart-postgres"
  | "drain-worker"
  | "cut-worker"
  | "cut-coordinator"
  | "cut-postgres"
  | "narrow"
  | "delay"
  | "silence"
  | "reset"
  | "swallow-commit"
  | "lock"
  | "kill-s3"
  | "freeze-s3"
  | "restart-s3"
  | "cut-s3"
  | "kill-receiver"
  | "freeze-receiver"
  | "misbehave"
  | "kill-llm"
  | "freeze-llm"
  | "restart-llm"
  | "cut-llm"
  | "mislead"
  | "blackout";

const FAULTS: readonly (readonly [FaultKind, number])[] = [
  ["kill-extractor", 22],
  ["kill-worker", 24],
  ["kill-coordinator", 12],
  ["kill-postgres", 5],
  ["kill-backend", 2],
  ["freeze-worker", 4],
  ["freeze-coordinator", 4],
  ["freeze-postgres", 1.5],
  ["restart-worker", 3],
  ["restart-coordinator", 2],
  ["restart-postgres", 1],
  ["drain-worker", 2],
  ["cut-worker", 3],
  ["cut-coordinator", 2],
  ["cut-postgres", 1.5],
  ["narrow", 2],
  ["delay", 2],
  ["silence", 3],
  ["reset", 4],
  ["swallow-commit", 5],
  ["lock", 2],
  ["kill-s3", 5],
  ["freeze-s3", 2],
  ["restart-s3", 1.5],
  ["cut-s3", 2],
  ["kill-receiver", 3],
  ["freeze-receiver", 1.5],
  ["misbehave", 3],
  ["kill-llm", 3],
  ["freeze-llm", 1.5],
  ["restart-llm", 1],
  ["cut-llm", 1.5],
  ["mislead", 5],
  ["blackout", 1],
];

function makeFaults(options: PlanOptions, stormMs: number, random: Random): Fault[] {
  const everyMs = options.faultEveryMs ?? FAULT_EVERY_MS;
  const busyUntil = new Map<string, number>();
  const faults: Fault[] = [];
  for (let at = 500 + random.gap(everyMs); at < stormMs; at += random.gap(everyMs)) {
    const atMs = Math.round(at);
    const fault = makeFault(random.weighted(FAULTS), atMs, options, random);
    const targets = targetsOf(fault);
    if (options.s3 === false && targets.some((target) => target.endsWith("s3"))) continue;
    if (targets.some((target) => (busyUntil.get(target) ?? 0) > atMs)) continue;
    const lastsMs = "forMs" in fault ? fault.forMs : "downMs" in fault ? fault.downMs : 0;
    const rest = fault.fault === "kill-child" ? 0 : REST_MS;
    for (const target of targets) busyUntil.set(target, atMs + lastsMs + rest);
    faults.push(fault);
  }
  return faults;
}

/** What must have no other fault meanwhile. */
function targetsOf(fault: Fault): string[] {
  if ("target" in fault) return [fault.target];
  if ("edge" in fault) return [fault.edge.join(" to ")];
  return [fault.fault];
}

function makeFault(kind: FaultKind, atMs: number, { coordinators, workers }: PlanOptions, random: Random): Fault {
  const worker = `worker-${random.whole(1, workers)}`;
  const coordinator = `coordinator-${random.whole(1, coordinators)}`;
  const postgres = "postgres";
  const edge = random.pick([
    ["*", worker],
    [worker, coordinator],
    [coordinator, postgres],
    ["client", coordinator],
    ["*", "s3"],
    ["*", "receiver"],
    ["*", "llm"],
  ] as [string, string][]);
  const downMs = random.whole(100, 2_500);
  const shortMs = random.whole(300, 4_000);
  switch (kind) {
    case "blackout":
      return { atMs, fault: "blackout", downMs };
    case "kill-extractor":
      return { atMs, fault: "kill-child", target: worker, pick: random.next() };
    case "kill-backend":
      return { atMs, fault: "kill-child", target: postgres, pick: random.next() };
    case "kill-worker":
      return { atMs, fault: "kill", target: worker, downMs };
    case "kill-coordinator":
      return { atMs, fault: "kill", target: coordinator, downMs };
    case "kill-postgres":
      return { atMs, fault: "kill", target: postgres, downMs: random.whole(100, 1_500) };
    case "freeze-worker":
      // Below and above the silence after which a worker is given up.
      return { atMs, fault: "freeze", target: worker, forMs: random.whole(500, 9_000) };
    case "freeze-coordinator":
      // Below and above its leases.
      return { atMs, fault: "freeze", target: coordinator, forMs: random.whole(500, 16_000) };
    case "freeze-postgres":
      return { atMs, fault: "freeze", target: postgres, forMs: shortMs };
    case "restart-worker":
      return { atMs, fault: "restart", target: worker, downMs };
    case "restart-coordinator":
      return { atMs, fault: "restart", target: coordinator, downMs };
    case "restart-postgres":
      return { atMs, fault: "restart", target: postgres, downMs: random.whole(100, 1_500) };
    case "drain-worker":
      return { atMs, fault: "drain", target: worker, forMs: random.whole(1_000, 8_000) };
    case "cut-worker":
      return { atMs, fault: "cut", target: worker, forMs: random.whole(500, 10_000) };
    case "cut-coordinator":
      return { atMs, fault: "cut", target: coordinator, forMs: random.whole(500, 14_000) };
    case "cut-postgres":
      return { atMs, fault: "cut", target: postgres, forMs: shortMs };
    case "narrow": {
      const target = random.pick([worker, coordinator, postgres]);
      return { atMs, fault: "narrow", target, kilobitsPerSecond: random.pick([512, 2_000, 8_000]), forMs: 2 * shortMs };
    }
    case "delay":
      return { atMs, fault: "delay", edge, delayMs: random.whole(20, 600), forMs: 2 * shortMs };
    case "silence":
      return { atMs, fault: "silence", edge, forMs: random.whole(500, 8_000) };
    case "reset":
      return { atMs, fault: "reset", edge };
    case "swallow-commit":
      return { atMs, fault: "swallow-commit", target: coordinator, commits: random.whole(1, 3) };
    case "kill-s3":
      return { atMs, fault: "kill", target: "s3", downMs: random.whole(100, 6_000) };
    case "freeze-s3":
      // Below and above the time that a document may take.
      return { atMs, fault: "freeze", target: "s3", forMs: random.whole(500, 14_000) };
    case "restart-s3":
      return { atMs, fault: "restart", target: "s3", downMs };
    case "cut-s3":
      return { atMs, fault: "cut", target: "s3", forMs: random.whole(500, 10_000) };
    case "kill-receiver":
      return { atMs, fault: "kill", target: "receiver", downMs };
    case "freeze-receiver":
      return { atMs, fault: "freeze", target: "receiver", forMs: shortMs };
    case "misbehave":
      return { atMs, fault: "misbehave", target: "receiver", how: random.pick(["refuse", "stall"]), forMs: shortMs };
    case "kill-llm":
      return { atMs, fault: "kill", target: "llm", downMs: random.whole(100, 6_000) };
    case "freeze-llm":
      // Below and above the time that a call may take.
      return { atMs, fault: "freeze", target: "llm", forMs: random.whole(500, 9_000) };
    case "restart-llm":
      return { atMs, fault: "restart", target: "llm", downMs };
    case "cut-llm":
      return { atMs, fault: "cut", target: "llm", forMs: random.whole(500, 9_000) };
    case "mislead":
      return { atMs, fault: "mislead", target: "llm", how: random.pick(LLM_FAULTS), forMs: random.whole(500, 8_000) };
    case "lock": {
      const table = random.pick([
        "items",
        "pages",
        "documents",
        "attempts",
        "batch_counters",
        "workers",
        "batches",
        "uploads",
        "listings",
        "batch_events",
        "webhook_deliveries",
        "tokens",
        "classifications",
        "label_claims",
        "llm_calls",
      ]);
      return { atMs, fault: "lock", table, forMs: shortMs };
    }
  }
}
