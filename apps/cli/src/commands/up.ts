import { startCluster } from "@sluice/launcher";
import { AppError } from "@sluice/contracts";
import type { UpFlags } from "../arguments/part-arguments.ts";
import { choosePlace } from "../cluster/choose-place.ts";
import { home, startInterruptibly } from "../cluster/reach-cluster.ts";
import { recordCluster } from "../cluster/running-cluster.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { aborted } from "../interrupt.ts";
import { printJson } from "../output/stdout.ts";

const DEFAULT_PORT = 7_080;

/** `up`: all parts on this machine, until a signal or until one of them dies for good. */
export async function up(flags: UpFlags, context: CommandContext): Promise<ExitCode> {
  const { config, stdout, stderr } = context;
  const place = choosePlace(flags, { ...config, server: undefined });
  if (place.kind === "server") throw new AppError("USAGE", "`up` starts a server; it takes none");
  const signal = context.interrupt.take();
  await using cluster = await startInterruptibly(signal, () =>
    startCluster({
      ...home(place, config.partVariables),
      workers: flags.workers ?? config.workers,
      host: flags.host,
      port: flags.port ?? DEFAULT_PORT,
      insecure: flags.insecure,
      signal,
      onRestarted: (part) => stderr.write(`the ${part} died and was started again\n`),
    }),
  );
  const forget =
    place.kind === "dataDir" ? await recordCluster(place.dataDir, cluster.url, cluster.adminToken) : async () => {};
  if (flags.json === true) {
    const { url, adminToken, workerToken, logDir } = cluster;
    await printJson({ url, token: adminToken, workerToken, logDir, pid: process.pid });
  } else
    stdout.write(
      [
        `Coordinator   ${cluster.url}`,
        `Token         ${cluster.adminToken}`,
        `Worker token  ${cluster.workerToken}`,
        `Logs          ${cluster.logDir}`,
        "",
        `  ${context.program} classify PATH --server ${cluster.url} --token TOKEN`,
        `  ${context.program} worker --coordinator ${cluster.url} --token WORKER_TOKEN`,
        "",
        "Ctrl-C stops it. The tokens are valid until then.",
        "",
      ].join("\n"),
    );
  const ends = [cluster.failure, aborted(signal), ...(flags.attached === true ? [stdinEnded()] : [])];
  const failed = await Promise.race(ends);
  await forget();
  if (failed instanceof AppError) throw failed;
  return EXIT.ok;
}

/** Whoever started us has ended, or wants us to: its end of the pipe is closed by the kernel in any case. */
async function stdinEnded(): Promise<void> {
  for await (const _ of Bun.stdin.stream()) continue;
}
