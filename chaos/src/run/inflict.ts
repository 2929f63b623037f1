import { ApiError, pause } from "@sluice/client";
import type { Fleet, FleetPart } from "@sluice/testkit";
import type { Fault } from "../plan/plan.ts";
import { setModel } from "../llm/model-service.ts";
import { setReceiver } from "../receiver/receiver-service.ts";
import type { Book } from "./book.ts";
import type { EventLog } from "./event-log.ts";

export interface InflictParts {
  readonly fleet: Fleet;
  readonly book: Book;
  readonly log: EventLog;
  /** Where the receiver of webhooks looks how it is to behave. */
  readonly receiverFolder: string;
  /** And the LLM's server. */
  readonly llmFolder: string;
  /** Aborted: the run gives up, and what is broken stays so. */
  readonly signal: AbortSignal;
}

/** Does what the plan says, and undoes it when its time is over. Returns when nothing of it is left. */
export async function inflict(fault: Fault, parts: InflictParts): Promise<void> {
  const { fleet, book, log, signal, receiverFolder, llmFolder } = parts;
  const { atMs: _, fault: kind, ...facts } = fault;
  const done = await act(fault, { fleet, receiverFolder, llmFolder }, (ms) => pause(ms, signal));
  log.note(done === null ? "fault without a target" : kind, { ...facts, ...done?.facts });
  if (done === null) {
    book.count("faults that met nothing");
    return;
  }
  book.count(kind === "kill" || kind === "kill-child" ? `killed: ${done.what}` : `${kind}: ${done.what}`);
  book.count("kills", done.kills ?? (kind === "kill" || kind === "kill-child" ? 1 : 0));
  await done.undo?.();
  if (done.undo !== undefined) log.note(`${kind} is over`, facts);
}

interface Done {
  /** What was met. */
  readonly what: string;
  readonly facts?: Record<string, unknown>;
  /** Processes it killed, where that is not plain from its kind. */
  readonly kills?: number;
  readonly undo?: () => Promise<void>;
}

async function act(
  fault: Fault,
  { fleet, receiverFolder, llmFolder }: Pick<InflictParts, "fleet" | "receiverFolder" | "llmFolder">,
  rest: (ms: number) => Promise<void>,
): Promise<Done | null> {
  switch (fault.fault) {
    case "kill": {
      const part = fleet.part(fault.target);
      const { pid } = part;
      if (!(await part.kill())) {
        part.start();
        return null;
      }
      return {
        what: kindOf(part),
        facts: { pid },
        undo: async () => {
          await rest(fault.downMs);
          part.start();
        },
      };
    }
    case "kill-child": {
      const part = fleet.part(fault.target);
      const { children } = part;
      const pid = children[Math.floor(fault.pick * children.length)];
      if (pid === undefined || !killed(pid)) return null;
      return { what: part.kind === "postgres" ? "backend" : "extractor", facts: { pid } };
    }
    case "blackout": {
      const killed = await Promise.all(fleet.parts.map((part) => part.kill()));
      return {
        what: "everything",
        kills: killed.filter(Boolean).length,
        undo: async () => {
          await rest(fault.downMs);
          for (const part of fleet.parts) part.start();
        },
      };
    }
    case "freeze": {
      const part = fleet.part(fault.target);
      if (!part.freeze()) return null;
      return {
        what: kindOf(part),
        undo: async () => {
          await rest(fault.forMs);
          part.thaw();
        },
      };
    }
    case "restart": {
      const part = fleet.part(fault.target);
      await part.stop();
      return {
        what: kindOf(part),
        undo: async () => {
          await rest(fault.downMs);
          part.start();
        },
      };
    }
    case "drain": {
      const part = fleet.part(fault.target);
      if (!(await drain(part.pid, fleet))) return null;
      return {
        what: kindOf(part),
        undo: async () => {
          await rest(fault.forMs);
          await part.stop();
          part.start();
        },
      };
    }
    case "cut":
      await fleet.cut(fault.target);
      return {
        what: kindOf(fleet.part(fault.target)),
        undo: async () => {
          await rest(fault.forMs);
          await fleet.mend(fault.target);
        },
      };
    case "narrow":
      await fleet.limit(fault.target, fault.kilobitsPerSecond);
      return {
        what: kindOf(fleet.part(fault.target)),
        undo: async () => {
          await rest(fault.forMs);
          await fleet.limit(fault.target, null);
        },
      };
    case "delay":
    case "silence": {
      const { proxy } = fleet.edge(...fault.edge);
      await proxy.setTraffic(fault.fault === "delay" ? { delayMs: fault.delayMs } : { silent: true });
      return {
        what: wayOf(fault.edge),
        undo: async () => {
          await rest(fault.forMs);
          await proxy.setTraffic({ delayMs: 0, silent: false });
        },
      };
    }
    case "reset":
      await fleet.edge(...fault.edge).proxy.reset();
      return { what: wayOf(fault.edge) };
    case "swallow-commit":
      await fleet.edge(fault.target, "postgres").proxy.swallowCommits(fault.commits);
      return { what: "armed" };
    case "misbehave":
      setReceiver(receiverFolder, fault.how);
      return {
        what: fault.how,
        undo: async () => {
          await rest(fault.forMs);
          setReceiver(receiverFolder, "well");
        },
      };
    case "mislead":
      setModel(llmFolder, fault.how);
      return {
        what: fault.how,
        undo: async () => {
          await rest(fault.forMs);
          setModel(llmFolder, "well");
        },
      };
    case "lock": {
      const client = await fleet.connect().catch(() => null);
      if (client === null) return null;
      const locked = await client
        .query(`set lock_timeout = '2s'; begin; lock table ${fault.table} in access exclusive mode`)
        .catch(() => null);
      return {
        what: locked === null ? "not had" : "table",
        undo: async () => {
          try {
            if (locked !== null) await rest(fault.forMs);
          } finally {
            await client.end().catch(() => {});
          }
        },
      };
    }
  }
}

/** There is one of each service. */
function kindOf({ kind, name }: FleetPart): string {
  return kind === "service" ? name : kind;
}

/** Asks one coordinator after the other. False: none of them knows the worker, or none answers. */
async function drain(pid: number | null, { clients }: Fleet): Promise<boolean> {
  for (const client of clients) {
    try {
      const known = (await client.listWorkers()).find((worker) => worker.live && worker.pid === pid);
      if (known === undefined) continue;
      await client.drainWorker(known.workerId);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return false;
}

/** False: it has ended since it was looked for. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

/** `worker to coordinator` for `worker-2` to `coordinator-1`. */
function wayOf(edge: readonly string[]): string {
  return edge.map((end) => end.replace(/-\d+$/, "").replace("*", "fleet")).join(" to ");
}
