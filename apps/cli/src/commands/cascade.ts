import { formatCount, formatDuration, formatQuantity, type SluiceClient } from "@sluice/client";
import { AppError, type BatchStatus } from "@sluice/contracts";
import { chooseThreshold, clopperPearson, leastHeldOut, stepsByShare } from "@sluice/evaluation";
import { businessTaxonomy } from "@sluice/taxonomy";
import type { CascadeFlags } from "../arguments/model-arguments.ts";
import { followBatch } from "../batch/follow-batch.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachWorkersOf } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import type { LlmTotals } from "../evaluation/write-report.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { printJson, printStdout } from "../output/stdout.ts";
import { drawSample, type SampledItem } from "../training/draw-sample.ts";
import { readHeldOut } from "../training/read-held-out.ts";
import { trainModel } from "../training/train-model.ts";

interface CascadeReport {
  readonly batch: BatchStatus;
  /** null: the LLM was asked about all, for `because`. */
  readonly model: string | null;
  readonly modelConfidence: number | null;
  readonly because: string | null;
  /** Documents that the LLM was asked about, in the sample and after it, and those that it was not. */
  readonly asked: number;
  readonly saved: number;
  readonly calls: number;
  readonly costUsd: number | null;
  /** Of the LLM's time, in seconds, and where it has a price: what the others would have taken at the mean of those asked about. */
  readonly savedSeconds: number;
  readonly savedUsd: number | null;
  /** On documents held out that take the model's label: how often it says what the LLM says. */
  readonly agreement: {
    readonly agreed: number;
    readonly of: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

/** `cascade BATCH`: an LLM's labels for a fraction of its calls, as far as a sample proves that they are. */
export async function cascade(batch: string, flags: CascadeFlags, context: CommandContext): Promise<ExitCode> {
  const { config, stderr } = context;
  const signal = context.interrupt.take();
  await using cluster = await reachWorkersOf(choosePlace(flags, config), {
    workers: flags.workers ?? config.workers,
    signal,
    variables: config.partVariables,
  });
  const { client } = cluster;
  const batchId = await resolveBatch(client, batch);
  const say = (line: string) => stderr.write(`${line}\n`);
  const follow = async (id: string) => {
    const ended = await Promise.race([followBatch(client, id, context, signal), cluster.failure]);
    signal.throwIfAborted();
    return ended;
  };
  const report = await runCascade({ client, batchId, flags, say, follow, signal });
  if (flags.json === true) await printJson(report);
  else await printStdout(formatCascade(report, flags.agreement));
  return report.batch.classify.failed > 0 ? EXIT.someFailed : EXIT.ok;
}

interface Run {
  readonly client: SluiceClient;
  readonly batchId: string;
  readonly flags: CascadeFlags;
  readonly signal: AbortSignal;
  say(line: string): void;
  /** Waits for the end of a batch. */
  follow(batchId: string): Promise<BatchStatus>;
}

async function runCascade(run: Run): Promise<CascadeReport> {
  const { client, batchId, flags, say, follow, signal } = run;
  const { agreement, seed } = flags;
  const { taxonomy } = await client.getBatchOptions(batchId);
  if (taxonomy?.labels === "multi") {
    throw new AppError("USAGE", "a cascade is for taxonomies that give one label; judge by llm or model");
  }
  const categories = (taxonomy ?? businessTaxonomy).categories.length;
  const candidates = await drawSample(client, batchId, { agreement, categories, seed });
  const llmOnly = async (because: string, earlier: readonly string[] = []): Promise<CascadeReport> => {
    say(`the LLM is asked about all: ${because}`);
    const { batch } = await client.reclassifyBatch(batchId, { classifier: "llm" }, { signal });
    const ended = await follow(batch.batchId);
    return {
      batch: ended,
      model: null,
      modelConfidence: null,
      because,
      ...(await costsOf(client, [...earlier, ended.batchId], null)),
      agreement: null,
    };
  };
  if (candidates.sample === null) {
    const { documents } = candidates;
    return await llmOnly(`a sample that proves anything would be most of ${formatQuantity(documents, "document")}`);
  }
  const { heldOut, training, others } = candidates.sample;
  say(
    `the LLM is asked about a sample of ${formatCount(heldOut.length + training.length)} of ${formatQuantity(candidates.documents, "document")}`,
  );
  const ordinalsOf = (items: readonly SampledItem[]) =>
    items.map(({ ordinal }) => ordinal).sort((left, right) => left - right);
  const ordinals = ordinalsOf([...heldOut, ...training]);
  const asked = (
    await client.reclassifyBatch(
      batchId,
      // The LLM's own word on each: what proves a model must not be handed on.
      { classifier: "llm", nearDuplicates: false, ordinals, name: "cascade: sample" },
      { signal },
    )
  ).batch;
  await follow(asked.batchId);
  const labels = await labelsOf(client, asked.batchId);
  const learned = training.flatMap(({ contentHash }) => {
    const label = labels.get(contentHash);
    return label === undefined ? [] : [{ contentHash, labels: [label] }];
  });
  if (new Set(learned.map(({ labels: [label] }) => label)).size < 2) {
    return await llmOnly("of the documents that a model could learn from, the LLM gave no two categories", [
      asked.batchId,
    ]);
  }
  say(`a model learns from ${formatQuantity(learned.length, "label")}`);
  const createdFrom = `LLM labels of batch ${asked.batchId}`;
  const name = `cascade of batch ${batchId.slice(0, 8)}`;
  const { model } = (await trainModel(client, learned, { taxonomy, createdFrom, seed, name, signal })).model;
  const proving = (
    await client.reclassifyBatch(
      batchId,
      {
        classifier: "model",
        model,
        minConfidence: 0,
        ordinals: ordinalsOf([...heldOut, ...others]),
        name: "cascade: held out",
      },
      { signal },
    )
  ).batch;
  await follow(proving.batchId);
  const judged = await readHeldOut(client, proving.batchId, { heldOut, llm: labels });
  const { proof } = judged;
  // Fixed by documents that are not among those held out.
  const steps = stepsByShare(judged.others, { heldOut: proof.length, agreement });
  const threshold = chooseThreshold(proof, { agreement, steps });
  if (threshold.from === null) {
    const why =
      proof.length < leastHeldOut(agreement)
        ? "too few documents are held out to prove it"
        : "the model does not agree with it often enough";
    return await llmOnly(why, [asked.batchId]);
  }
  const { from, accepted, agreed } = threshold;
  say(`from a confidence of ${from} on the label is the model's`);
  const { batch } = await client.reclassifyBatch(
    batchId,
    { classifier: "cascade", model, modelConfidence: from },
    { signal },
  );
  const ended = await follow(batch.batchId);
  const { low, high } = clopperPearson(agreed, accepted);
  return {
    batch: ended,
    model,
    modelConfidence: from,
    because: null,
    ...(await costsOf(client, [asked.batchId, ended.batchId], candidates.documents)),
    agreement: { agreed, of: accepted, low, high },
  };
}

async function labelsOf(client: SluiceClient, batchId: string): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  for await (const { contentHash, category } of client.results(batchId)) {
    if (contentHash !== null && category !== null) labels.set(contentHash, category);
  }
  return labels;
}

/** What the LLM was asked in these batches, and of so many documents it was not; null: it was asked about all. */
async function costsOf(
  client: SluiceClient,
  batchIds: readonly string[],
  documents: number | null,
): Promise<Pick<CascadeReport, "asked" | "saved" | "calls" | "costUsd" | "savedSeconds" | "savedUsd">> {
  const pages = await Promise.all(batchIds.map((id) => client.listLlmCalls(id, { limit: 1 })));
  const costs = pages.flatMap(({ totals }) => (totals.costUsd === null ? [] : [totals.costUsd]));
  const sum = (of: (totals: LlmTotals) => number) => pages.reduce((total, { totals }) => total + of(totals), 0);
  const asked = sum(({ items }) => items);
  const saved = documents === null ? 0 : documents - asked;
  const costUsd = costs.length === 0 ? null : costs.reduce((total, cost) => total + cost, 0);
  const perAsked = asked === 0 ? 0 : saved / asked;
  return {
    asked,
    saved,
    calls: sum(({ calls }) => calls),
    costUsd,
    savedSeconds: (sum(({ latencyMs }) => latencyMs) / 1_000) * perAsked,
    savedUsd: costUsd === null ? null : costUsd * perAsked,
  };
}

function formatCascade(report: CascadeReport, asked: number): string {
  const { batch, because, agreement, modelConfidence } = report;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = [
    `batch ${batch.batchId}: ${formatQuantity(batch.classify.classified, "label")}`,
    `the LLM was asked about ${formatQuantity(report.asked, "document")} in ${formatQuantity(report.calls, "call")}${report.costUsd === null ? "" : `, for ${report.costUsd.toFixed(2)} USD`}`,
  ];
  if (because !== null) lines.push(`no model took its place: ${because}`);
  else {
    const money = report.savedUsd === null ? "" : ` and ${report.savedUsd.toFixed(2)} USD`;
    const took = `some ${formatDuration(report.savedSeconds)} of its time${money}`;
    lines.push(`and not about ${formatQuantity(report.saved, "other document")}, which saved ${took}`);
  }
  if (agreement !== null) {
    const { agreed, of, low, high } = agreement;
    lines.push(
      `of documents held out whose label is the model's (confidence ${modelConfidence} and more), it agreed with the LLM on ${formatCount(agreed)} of ${formatCount(of)}: ` +
        `${percent(agreed / of)} (${percent(low)} to ${percent(high)}; asked for: ${percent(asked)})`,
    );
  }
  return `${lines.join("\n")}\n`;
}
