import type { Evidence } from "@sluice/contracts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";

const STDERR_LINES = 5;

/** What is known of the end of a process that a document brought down: the facts in a line, then its last words. */
export function formatEvidence(evidence: Evidence | null, attempts: number, paint: Paint): string[] {
  const facts = [
    attempts > 1 ? `${attempts} attempts` : null,
    evidence?.signal == null ? null : `signal ${evidence.signal}`,
    evidence?.exitCode == null ? null : `exit code ${evidence.exitCode}`,
    evidence?.peakRssBytes == null ? null : `peak memory ${Math.round(evidence.peakRssBytes / 1e6)} MB`,
    evidence?.elapsedMs == null ? null : `after ${Math.round(evidence.elapsedMs)} ms`,
  ].filter((fact) => fact !== null);
  const stderr = evidence?.stderrTail?.trim() ?? "";
  const lastWords = stderr === "" ? [] : stderr.split("\n").slice(-STDERR_LINES);
  return [
    ...(facts.length > 0 ? [`  ${safeText(facts.join(", "))}`] : []),
    ...lastWords.map((line) => paint("dim", `  | ${safeText(line)}`)),
  ];
}
