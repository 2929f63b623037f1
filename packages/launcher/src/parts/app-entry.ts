import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "@sluice/contracts";

/** Where the apps lie in a checkout, seen from here; started as processes, never imported. */
const CHECKOUT_APPS = resolve(import.meta.dir, "../../../../apps");

/**
 * The file that starts an app. `appsDir` is for layouts other than a checkout: a folder that holds
 * `coordinator/src/main.ts` and so on. Throws START_FAILED when it is not there.
 */
export function appEntry(app: "coordinator" | "worker", file: string, appsDir: string = CHECKOUT_APPS): string {
  const path = join(appsDir, app, "src", file);
  if (!existsSync(path)) throw new AppError("START_FAILED", `${path} does not exist; is this installation complete?`);
  return path;
}
