import type { SluiceClient } from "@sluice/client";
import { AppError, type ReclassifyBatchRequest } from "@sluice/contracts";
import { parseTaxonomy } from "@sluice/taxonomy";
import type { ReclassifyFlags } from "../arguments/control-arguments.ts";
import { followBatch } from "../batch/follow-batch.ts";
import { readTaxonomyFile } from "../batch/read-taxonomy-file.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachWorkersOf } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { resolveModel } from "../training/resolve-model.ts";
import { printStanding } from "../output/print-standing.ts";

/** `reclassify BATCH`: the documents of a batch are judged anew, here to the end, or by the cluster that runs. */
export async function reclassify(batch: string, flags: ReclassifyFlags, context: CommandContext): Promise<ExitCode> {
  const { config } = context;
  const signal = context.interrupt.take();
  await using cluster = await reachWorkersOf(choosePlace(flags, config), {
    workers: flags.workers ?? config.workers,
    signal,
    variables: config.partVariables,
  });
  const { client } = cluster;
  const request = await reclassifyRequest(flags, client);
  const answer = await client.reclassifyBatch(await resolveBatch(client, batch), request, { signal });
  const { leftOut, reclassifies } = answer;
  const follows = answer.batch.state !== "done" && (cluster.own || flags.wait === true);
  const standing = follows
    ? await Promise.race([followBatch(client, answer.batch.batchId, context, signal), cluster.failure])
    : answer.batch;
  await printStanding(standing, flags, {
    ...(flags.json === true ? { reclassifies } : {}),
    ...(leftOut > 0 ? { "without text": leftOut } : {}),
  });
  if (signal.aborted) return EXIT.interrupted;
  return follows && standing.classify.failed > 0 ? EXIT.someFailed : EXIT.ok;
}

async function reclassifyRequest(flags: ReclassifyFlags, client: SluiceClient): Promise<ReclassifyBatchRequest> {
  if (flags.taxonomy !== undefined && flags.builtInTaxonomy === true) {
    throw new AppError("USAGE", "--taxonomy and --built-in-taxonomy exclude each other");
  }
  const request: ReclassifyBatchRequest = {};
  if (flags.taxonomy !== undefined) {
    request.taxonomy = parseTaxonomy(await readTaxonomyFile(flags.taxonomy), flags.taxonomy);
  }
  if (flags.builtInTaxonomy === true) request.taxonomy = null;
  if (flags.model !== undefined) request.model = await resolveModel(client, flags.model);
  if (flags.classifier !== undefined) request.classifier = flags.classifier;
  if (flags.minConfidence !== undefined) request.minConfidence = flags.minConfidence;
  if (!flags.nearDuplicates) request.nearDuplicates = false;
  if (flags.priority !== undefined) request.priority = flags.priority;
  if (flags.name !== undefined) request.name = flags.name;
  return request;
}
