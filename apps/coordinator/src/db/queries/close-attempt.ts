import type { Client } from "../database.ts";

/** How an attempt can end. */
export const ATTEMPT_OUTCOMES = [
  "committed",
  "fenced",
  "worker_lost",
  "cut",
  "busy",
  "rejected",
  "unreachable",
  "coordinator_lost",
  "stopped",
  "cancelled",
  "failed",
] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Ends an attempt that is still running; one that was ended otherwise, by a cancel for example, stays as it is. */
export async function closeAttempt(
  client: Pick<Client, "query">,
  attemptId: string,
  outcome: AttemptOutcome,
  detail: object | null,
): Promise<void> {
  await client.query({
    name: "close-attempt",
    text: "update attempts set outcome = $2, detail = $3, ended_at = now() where id = $1 and outcome = 'running'",
    values: [attemptId, outcome, detail === null ? null : JSON.stringify(detail)],
  });
}
