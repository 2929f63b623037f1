import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { processFolder } from "../temporary-folder.ts";
import { installOllama } from "./install-ollama.ts";
import { installSmollm2 } from "./install-smollm2.ts";
import { llmServerProcess, type LlmTestServer } from "./llm-server-process.ts";
import { runTool } from "../cache/run-tool.ts";

const MODEL = "smollm2";
let started = 0;

/** A real Ollama on loopback that has SmolLM2-135M as `smollm2`. Ask `ollamaMissing` and `smollm2Missing` first. */
export async function startOllama(options: { parallel?: number; queue?: number } = {}): Promise<LlmTestServer> {
  const [program, gguf] = [await installOllama(), await installSmollm2()];
  const folder = join(processFolder(), `ollama-${(started += 1)}`);
  mkdirSync(folder, { recursive: true });
  const environment = (port: number) => ({
    OLLAMA_HOST: `127.0.0.1:${port}`,
    OLLAMA_MODELS: join(folder, "models"),
    HOME: folder,
    OLLAMA_NUM_PARALLEL: String(options.parallel ?? 1),
    OLLAMA_MAX_QUEUE: String(options.queue ?? 64),
  });
  const server = await llmServerProcess({
    model: MODEL,
    log: join(folder, "server.log"),
    command: () => [program, "serve"],
    environment,
    probe: "/api/version",
  });
  try {
    const modelfile = join(folder, "Modelfile");
    // More threads than free cores wait for each other at every step: ten times slower beside other tests.
    writeFileSync(modelfile, `FROM ${gguf}\nPARAMETER num_thread 1\n`);
    await runTool([program, "create", MODEL, "-f", modelfile], { env: environment(Number(new URL(server.url).port)) });
  } catch (error) {
    await server.kill();
    throw error;
  }
  return server;
}
