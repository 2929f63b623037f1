import type { ErrorCode, Evidence } from "@sluice/contracts";
import type { ChildDeath } from "./extractor-child.ts";

export interface NamedDeath {
  readonly code: Extract<ErrorCode, "CHILD_TIMEOUT" | "CHILD_OOM" | "CHILD_CRASHED">;
  readonly message: string;
  /** Whether a fresh child may do better: a crash can be an earlier document's doing, a limit passed cannot. */
  readonly retryable: boolean;
  readonly evidence: Evidence;
}

export interface DeathCircumstances {
  readonly attempts: number;
  readonly documentTimeoutMs: number;
  readonly documentMemoryMb: number;
}

// What allocators and runtimes print before they abort because there is no memory left under the limit.
const OUT_OF_MEMORY = /memory allocation of \d+ bytes failed|\bout of memory\b|std::bad_alloc/i;

/** Names a child's death and gathers the evidence for it. */
export function nameDeath(death: ChildDeath, circumstances: DeathCircumstances): NamedDeath {
  const evidence: Evidence = {
    exitCode: death.exitCode,
    signal: death.signal,
    stderrTail: death.stderrTail,
    peakRssBytes: death.peakRssBytes,
    elapsedMs: Math.round(death.elapsedMs),
    attempts: circumstances.attempts,
  };
  const unkillable = death.reaped ? "" : " The system could not end its process, which keeps its slot.";
  if (death.reason === "timeout") {
    const message = `It was still being read after ${circumstances.documentTimeoutMs} ms, the limit.${unkillable}`;
    return { code: "CHILD_TIMEOUT", message, retryable: false, evidence };
  }
  if (death.reason === "memory" || (death.reason === null && OUT_OF_MEMORY.test(death.stderrTail))) {
    const peakMb = Math.round(death.peakRssBytes / (1 << 20));
    const message = `Its extractor used ${peakMb} MB; ${circumstances.documentMemoryMb} MB a document are allowed.${unkillable}`;
    return { code: "CHILD_OOM", message, retryable: false, evidence };
  }
  const tries = circumstances.attempts === 1 ? "" : `, as it did ${circumstances.attempts} times`;
  const message = `Its extractor ${describeEnd(death)}${tries}.${unkillable}`;
  return { code: "CHILD_CRASHED", message, retryable: true, evidence };
}

function describeEnd(death: ChildDeath): string {
  if (death.reason === "garbage") return `broke the protocol (${death.fault ?? "unknown"}) and was killed`;
  if (death.signal !== null) return `died of ${death.signal}`;
  return `ended with exit code ${death.exitCode ?? "unknown"}`;
}
