import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { processFolder } from "../temporary-folder.ts";
import { installLlamaServer } from "./install-llama-server.ts";
import { installSmollm2 } from "./install-smollm2.ts";
import { llmServerProcess, type LlmTestServer } from "./llm-server-process.ts";

const MODEL = "smollm2";
let started = 0;

const PROGRAM = `
import sys, time, xllamacpp
model, name, port, context = sys.argv[1:5]
params = xllamacpp.CommonParams()
params.model.path = model
params.model_alias = {name}
params.hostnames = ["127.0.0.1"]
params.port = int(port)
params.n_ctx = int(context)
params.n_parallel = 1
# More threads than free cores wait for each other at every step: ten times slower beside other tests.
params.cpuparams.n_threads = 1
params.cpuparams.poll = 0
params.cpuparams_batch.n_threads = 1
params.cpuparams_batch.poll = 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
time.sleep(1e9)
`;

/** The real server of llama.cpp on loopback, with SmolLM2-135M as `smollm2`. Ask `llamaServerMissing` and `smollm2Missing` first. */
export async function startLlamaServer(options: { contextTokens?: number } = {}): Promise<LlmTestServer> {
  const [packages, gguf] = [await installLlamaServer(), await installSmollm2()];
  const folder = join(processFolder(), `llama-${(started += 1)}`);
  mkdirSync(folder, { recursive: true });
  const server = await llmServerProcess({
    model: MODEL,
    log: join(folder, "server.log"),
    command: (port) => ["python3", "-c", PROGRAM, gguf, MODEL, String(port), String(options.contextTokens ?? 1024)],
    environment: () => ({ PYTHONPATH: packages, HOME: folder }),
    probe: "/v1/models",
  });
  return server;
}
