import { pause, type SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";

/** Results that have waited this long for space on a disk of one's own wait for a person. */
const FULL_FOR_MS = 10_000;
const LOOK_EVERY_MS = 2_000;

/**
 * Rejects with DISK_FULL when the cluster's PostgreSQL has had no space for results for ten seconds: it lives, its work is
 * tried again for as long as it takes, and nothing else would say why nothing moves. Never resolves; ends with `signal`.
 */
export async function whenDiskFull(
  client: Pick<SluiceClient, "readiness">,
  signal: AbortSignal,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<never> {
  for (;;) {
    await pause(lookEveryMs, signal);
    // One that does not answer is seen to by those who keep it running.
    const readiness = await client.readiness({ signal }).catch(() => null);
    const storage = readiness?.checks["storage"];
    const { fullForMs = 0 } = storage ?? {};
    if (fullForMs < FULL_FOR_MS) continue;
    throw new AppError("DISK_FULL", `${storage?.reason ?? "no space is left"}, for ${Math.round(fullForMs / 1_000)} s`);
  }
}
