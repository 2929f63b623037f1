import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const CACHE = join(homedir(), ".cache", "sluice-testkit");
const LOOK_AGAIN_MS = 500;
const WRITTEN_WITHIN_MS = 10_000;

/** Where what is built once, under a name with its version, is kept. */
export function cachePlace(name: string): string {
  return join(CACHE, name);
}

/**
 * Makes a folder in the cache, once for all test processes of this user: the others wait. `build` fills a scratch folder beside it,
 * which is put in place whole, so that nobody ever sees a half of it.
 */
export async function buildOnce(place: string, build: (scratch: string) => Promise<void>): Promise<string> {
  await mkdir(dirname(place), { recursive: true });
  const lock = `${place}.lock`;
  while (!existsSync(place)) {
    if (!(await takeLock(lock))) {
      await Bun.sleep(LOOK_AGAIN_MS);
      continue;
    }
    const scratch = await mkdtemp(`${place}.build-`);
    try {
      // The one before may have ended between the look and the lock.
      if (existsSync(place)) break;
      await build(scratch);
      await rename(scratch, place).catch((error: unknown) => {
        if (!existsSync(place)) throw error;
      });
    } finally {
      await rm(scratch, { recursive: true, force: true });
      await rm(lock, { force: true });
    }
  }
  return place;
}

/** Whose holder has died counts for nothing. Two that see this at once may both build, which costs time and spoils nothing. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, "wx");
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(lock, "utf8").catch(() => ""));
  // Empty: it is being written, or its writer died just then.
  const isDead = holder > 0 ? !lives(holder) : await isOld(lock);
  if (isDead) await rm(lock, { force: true });
  return false;
}

async function isOld(lock: string): Promise<boolean> {
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > WRITTEN_WITHIN_MS;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
