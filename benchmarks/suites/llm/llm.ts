import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  llamaServerMissing,
  type LlmTestServer,
  makePdf,
  ollamaMissing,
  smollm2Missing,
  startLlamaServer,
  startOllama,
  startTestCluster,
  type TestCluster,
} from "@sluice/testkit";
import {
  busyMs,
  type CallRecorder,
  mostAtATime,
  type RecordedCall,
  spanMs,
  startCallRecorder,
} from "./call-recorder.ts";

export interface LlmPass {
  /** Calls the server answered, a second, from the first to the last. */
  readonly callsPerSecond: number;
  /** Of that time, the share in which the server had something to do. */
  readonly busyShare: number;
}

export interface LlmRound {
  readonly calls: number;
  readonly concurrency: number;
  readonly stage: LlmPass;
  /** The very same calls, by a load tool that does nothing else. */
  readonly direct: LlmPass;
  /** What the stage gets from the server of what the load tool gets. */
  readonly ratio: number;
}

export interface LlmServerReport {
  readonly server: string;
  readonly rounds: readonly LlmRound[];
  /** Of the rounds, the middle one. */
  readonly ratio: number;
}

export interface LlmReport {
  readonly suite: "llm";
  readonly documents: number;
  readonly servers: readonly LlmServerReport[];
  /** Servers that are not to be had here, and why. */
  readonly missing: readonly { readonly server: string; readonly why: string }[];
}

const WARM_UP_DOCUMENTS = 12;
const MOST_CALLS = 4;
const WORDS =
  "account agreement amount annual audit bank board budget cargo claim clause client contract cost credit customer date debit delivery deposit dividend duty estate export fee file freight fund goods grant income index insurer invoice item labour law lease ledger letter licence loan market meeting member notice office order owner page paper party payment period policy premium price profit quarter rate receipt record report return sale service share ship staff state stock supply surplus tariff tax tenant term title trade value vendor wage year".split(
    " ",
  );

/**
 * The label stage against a load tool, on one server in one run: the calls of a batch are written down on their way, and then sent again, as
 * many at a time as the stage had in hand. The two take turns, on other documents each round.
 */
export async function benchLlm(options: { documents: number; repeats: number }): Promise<LlmReport> {
  const model = smollm2Missing();
  const servers = [
    { server: "Ollama", missing: ollamaMissing() ?? model, start: startOllama, environment: forOllama },
    {
      server: "llama.cpp",
      missing: llamaServerMissing() ?? model,
      start: () => startLlamaServer({ contextTokens: 2_048 }),
      environment: forOpenAi,
    },
  ];
  const reports: LlmServerReport[] = [];
  for (const { server, missing, start, environment } of servers) {
    if (missing !== null) continue;
    await using running = await start();
    reports.push(await benchServer(server, running, environment, options));
  }
  return {
    suite: "llm",
    documents: options.documents,
    servers: reports,
    missing: servers.flatMap(({ server, missing }) => (missing === null ? [] : [{ server, why: missing }])),
  };
}

const forOllama = (url: string, model: string) => ({ OLLAMA_HOST: url, OLLAMA_MODEL: model });
const forOpenAi = (url: string, model: string) => ({ SLUICE_LLM_URL: url, SLUICE_LLM_MODEL: model });

async function benchServer(
  server: string,
  running: LlmTestServer,
  environment: (url: string, model: string) => Record<string, string>,
  { documents, repeats }: { documents: number; repeats: number },
): Promise<LlmServerReport> {
  const scratch = mkdtempSync(join(tmpdir(), "sluice-llm-bench-"));
  try {
    await using recorder = startCallRecorder(running.url);
    await using cluster = await startTestCluster({
      workerEnvironment: {
        ...environment(recorder.url, running.model),
        SLUICE_LLM_NUM_CTX: "2048",
        SLUICE_LLM_MAX_CONCURRENT: String(MOST_CALLS),
      },
    });
    const judge = (name: string, count: number) => judgeFolder(cluster, recorder, join(scratch, name), count);
    // Until then it is not known how many calls at a time the server sustains.
    await judge("warm-up", WARM_UP_DOCUMENTS);
    const rounds: LlmRound[] = [];
    for (let round = 0; round < repeats; round += 1) {
      const calls = await judge(`round-${round}`, documents);
      const concurrency = mostAtATime(calls);
      const again = await sendAgain(recorder, calls, concurrency);
      const [stage, direct] = [passOf(calls), passOf(again)];
      const ratio = stage.callsPerSecond / direct.callsPerSecond;
      rounds.push({ calls: calls.length, concurrency, stage, direct, ratio });
    }
    const ratios = rounds.map(({ ratio }) => ratio).sort((left, right) => left - right);
    return { server, rounds, ratio: ratios[Math.floor(ratios.length / 2)] ?? 0 };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Has documents labelled that nobody has seen before; returns the calls that it took. */
async function judgeFolder(
  { client }: TestCluster,
  recorder: CallRecorder,
  folder: string,
  count: number,
): Promise<RecordedCall[]> {
  mkdirSync(folder);
  for (let index = 0; index < count; index += 1) {
    writeFileSync(join(folder, `${index}.pdf`), makePdf({ pages: [textOf(`${folder}/${index}`)] }));
  }
  recorder.take();
  const { batch } = await client.submitDirectory(folder, { options: { classifier: "llm", minConfidence: 0 } });
  const { classify } = await client.waitForBatch(batch.batchId);
  if (classify.pending > 0) throw new Error(`${classify.pending} of ${count} documents have no label`);
  return recorder.take();
}

/** The same calls once more, so many at a time, by nothing but a loop. */
async function sendAgain(
  recorder: CallRecorder,
  calls: readonly RecordedCall[],
  concurrency: number,
): Promise<RecordedCall[]> {
  const waiting = calls.values();
  const sendAll = async () => {
    for (const { path, body } of waiting) {
      const headers = { "content-type": "application/json" };
      await (await fetch(`${recorder.url}${path}`, { method: "POST", headers, body })).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sendAll));
  return recorder.take();
}

function passOf(calls: readonly RecordedCall[]): LlmPass {
  const span = spanMs(calls);
  return { callsPerSecond: (calls.length / span) * 1_000, busyShare: busyMs(calls) / span };
}

/** Some 150 words that follow from a seed, like no others. */
function textOf(seed: string): string {
  const word = (index: number) => WORDS[Bun.hash.xxHash32(`${seed}/${index}`) % WORDS.length] ?? "";
  return Array.from({ length: 15 }, (_, line) =>
    Array.from({ length: 10 }, (_word, at) => word(10 * line + at)).join(" "),
  ).join("\n");
}
