import { AppError, isErrorCode, type RetryBatchRequest } from "@sluice/contracts";
import type { RetryFlags } from "../arguments/control-arguments.ts";
import { readPasswords } from "../batch/read-passwords.ts";
import { resolveBatch } from "../batch/resolve-batch.ts";
import { resolveItem } from "../batch/resolve-item.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { reachWorkersOf } from "../cluster/reach-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { followBatch } from "../batch/follow-batch.ts";
import { printStanding } from "../output/print-standing.ts";

/** `retry BATCH`: failed items are read again, here to their end, or by the cluster that runs. */
export async function retry(batch: string, flags: RetryFlags, context: CommandContext): Promise<ExitCode> {
  const { config } = context;
  const passwords = await readPasswords(flags, config);
  const request: RetryBatchRequest = { ...retryRequest(flags), ...(passwords.length === 0 ? {} : { passwords }) };
  const signal = context.interrupt.take();
  await using cluster = await reachWorkersOf(choosePlace(flags, config), {
    workers: flags.workers ?? config.workers,
    signal,
    variables: config.partVariables,
  });
  const { client } = cluster;
  const meant = batch.includes("/") ? await resolveItem(client, batch) : { batchId: await resolveBatch(client, batch) };
  if ("ordinal" in meant) request.ordinals = [meant.ordinal];
  const answer = await client.retryBatch(meant.batchId, request, { signal });
  const { retried } = answer;
  const follows = retried > 0 && (cluster.own || flags.wait === true);
  const standing = follows
    ? await Promise.race([followBatch(client, answer.batch.batchId, context, signal), cluster.failure])
    : answer.batch;
  await printStanding(standing, flags, { retried });
  if (signal.aborted) return EXIT.interrupted;
  return follows && standing.extract.failed > 0 ? EXIT.someFailed : EXIT.ok;
}

function retryRequest(flags: RetryFlags): RetryBatchRequest {
  const request: RetryBatchRequest = {};
  if (flags.code !== undefined) {
    request.codes = flags.code.map((text) => {
      const code = text.toUpperCase();
      if (!isErrorCode(code)) throw new AppError("USAGE", `${text} is no error code; \`failures\` shows them`);
      return code;
    });
  }
  if (flags.timeout !== undefined) request.documentTimeoutMs = Math.round(flags.timeout * 1_000);
  if (flags.memory !== undefined) request.documentMemoryMb = flags.memory;
  return request;
}
