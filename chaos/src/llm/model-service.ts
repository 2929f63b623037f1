import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FleetService, serviceProcess } from "@sluice/testkit";
import type { LlmMode } from "./modes.ts";

const modeFile = (folder: string) => join(folder, "mode");

/** The LLM's server as a part of the fleet, and what workers are told of it. */
export function modelService(folder: string): FleetService {
  mkdirSync(folder, { recursive: true });
  return {
    name: "llm",
    start: ({ at, host, signal }) =>
      serviceProcess({
        host,
        command: [process.execPath, "--no-env-file", join(import.meta.dir, "model-server.ts"), at, modeFile(folder)],
        log: join(folder, "llm.log"),
        at,
        signal,
      }),
    environment: (address) => ({
      OLLAMA_HOST: address,
      OLLAMA_MODEL: "teacher",
      SLUICE_LLM_TIMEOUT_SECONDS: "2",
      SLUICE_LLM_MAX_CONCURRENT: "4",
    }),
  };
}

/** From the next call on. */
export function setModel(folder: string, mode: LlmMode): void {
  writeFileSync(modeFile(folder), mode);
}
