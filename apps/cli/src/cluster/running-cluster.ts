/** How other commands find the coordinator of a data directory that `classify` or `up` is using at the moment. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SluiceClient } from "@sluice/client";
import { isAlive } from "@sluice/launcher";
import { z } from "zod";

const recordSchema = z.object({ url: z.url(), token: z.string().min(1), pid: z.int() });

const recordPath = (dataDir: string) => join(dataDir, "cluster.json");

/** Writes down, for this user's eyes only, where the cluster answers; the returned function takes it back. */
export async function recordCluster(dataDir: string, url: string, token: string): Promise<() => Promise<void>> {
  const path = recordPath(dataDir);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify({ url, token, pid: process.pid }), { mode: 0o600 });
  await rename(draft, path);
  return () => rm(path, { force: true });
}

/** A client of the cluster that uses this data directory now, or null when nobody answers there. */
export async function findRunningCluster(dataDir: string): Promise<SluiceClient | null> {
  const text = await readFile(recordPath(dataDir), "utf8").catch(() => null);
  if (text === null) return null;
  const record = recordSchema.safeParse(parseJson(text));
  if (!record.success) return null;
  const { url, token, pid } = record.data;
  if (!isAlive(pid)) return null;
  try {
    const probe = new SluiceClient({ baseUrl: url, token, timeoutMs: 2_000 });
    await probe.health();
    // A stranger may listen on that port by now: only our own coordinator knows this token.
    await probe.listBatches({ limit: 1 });
    return new SluiceClient({ baseUrl: url, token });
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
