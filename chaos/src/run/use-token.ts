import { ApiError, pause, type SluiceClient } from "@sluice/client";
import type { PlannedToken } from "../plan/plan.ts";
import type { SubmitParts } from "./submit.ts";

/** What a token that is in use opens meanwhile; none of them is a batch of the book. */
export const PROBE = "probe of";
/** How long a coordinator may remember a token that another one has revoked: docs/operating.md. */
const REMEMBERED_MS = 5_000;
/** What a machine that is busy adds to it. */
const SLACK_MS = 500;
const USE_EVERY_MS = 250;
/** What was asked later than its end is what counts: a call that waits is given up. */
const PATIENCE_MS = 1_500;
/** It is used for so long after its end. */
const AFTERLIFE_MS = 9_000;

/** Makes a token, uses it on every coordinator in turn, revokes it, and goes on using it: it must open until then, and nothing after. */
export async function useToken(parts: SubmitParts, { name, livesMs }: PlannedToken): Promise<void> {
  const { fleet, book, log, signal } = parts;
  const violate = (kind: string, detail: string) => book.violate({ round: 0, batchId: null, name, kind, detail });
  const made = await untilDone(parts, async (client) => await client.createToken({ name, role: "submit" }));
  const users = fleet.clientsWith(made.token);
  const born = performance.now();
  let revokedAt: number | null = null;
  const revoked = pause(livesMs, signal)
    .then(() => untilDone(parts, async (client) => await client.revokeToken(made.tokenId)))
    .then(() => {
      revokedAt = performance.now();
      log.note("token revoked", { name });
    });
  // It is awaited below.
  revoked.catch(() => undefined);
  for (let turn = 0; ; turn += 1) {
    signal.throwIfAborted();
    const askedAt = performance.now();
    if (revokedAt !== null && askedAt - revokedAt > AFTERLIFE_MS) break;
    const answers = await Promise.all(users.map((user) => probe(user, `${PROBE} ${name}`, turn)));
    const isOver = revokedAt !== null && askedAt - revokedAt > REMEMBERED_MS + SLACK_MS;
    for (const opens of answers) {
      if (opens === null) continue;
      book.count(opens ? "token calls: let in" : "token calls: refused");
      if (opens && isOver)
        violate("a revoked token opens", `${Math.round(askedAt - (revokedAt ?? 0))} ms after the answer`);
      // Before its end was asked for.
      if (!opens && performance.now() - born < livesMs) violate("a living token does not open", `call ${turn}`);
    }
    await pause(USE_EVERY_MS, signal);
  }
  await revoked;
  book.count("tokens: revoked");
}

/** Whether it was let in; null: nobody has answered. Now and then a call changes something. */
async function probe(client: SluiceClient, name: string, turn: number): Promise<boolean | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    if (turn % 8 === 0) await client.openBatch({ name }, { signal });
    else await client.listBatches({ limit: 1, signal });
    return true;
  } catch (error) {
    if (error instanceof DOMException) return null;
    if (!(error instanceof ApiError)) throw error;
    return error.status === 401 ? false : null;
  }
}

async function untilDone<Value>(
  { fleet, signal }: SubmitParts,
  act: (client: SluiceClient) => Promise<Value>,
): Promise<Value> {
  for (let turn = 0; ; turn += 1) {
    const client = fleet.clients[turn % fleet.clients.length];
    if (client === undefined) throw new Error("there is no coordinator to ask");
    try {
      return await act(client);
    } catch (error) {
      if (!(error instanceof ApiError) || (!error.retryable && error.status < 500)) throw error;
    }
    await pause(USE_EVERY_MS, signal);
  }
}
